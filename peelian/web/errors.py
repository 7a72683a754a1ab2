"""Pages for what went wrong: the same frame, a plain reason, a way on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/400.html", {"reason": ""}, using="jinja2", status=400)


def not_allowed(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", {"refusal": None}, using="jinja2", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """The same page, to the byte, as for a record that may not be known."""
    return render(request, "errors/404.html", using="jinja2", status=404)


def failed(request: HttpRequest) -> HttpResponse:
    return render(request, "errors/500.html", using="jinja2", status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form sent from an old page, or from somewhere else."""
    words = "This form was open for too long, or you signed out meanwhile. Go back, reload the page and send it again."
    return render(request, "errors/400.html", {"reason": words}, using="jinja2", status=403)
