"""`{% frame %}title{% body %}content{% endframe %}` and `{% form_fields form %}`: one frame and one form, not two."""

from typing import Any

from django import template
from django.forms import BaseForm
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


class FrameNode(template.Node):
    """Renders its body and hands it to the Jinja2 layout."""

    child_nodelists = ("title", "body")

    def __init__(self, title: NodeList, body: NodeList) -> None:
        self.title = title
        self.body = body

    def render(self, context: Context) -> SafeString:
        title = " ".join(self.title.render(context).split())
        inside = {"heading": mark_safe(title), "body": self.body.render(context)}  # noqa: S308  # escaped by Django already
        return mark_safe(render_to_string("sign_in/frame.html", inside, context["request"], using="jinja2"))  # noqa: S308  # Jinja2 escaped it


@register.tag
def frame(parser: Parser, token: Token) -> FrameNode:
    title = parser.parse(("body",))
    parser.delete_first_token()
    body = parser.parse(("endframe",))
    parser.delete_first_token()
    return FrameNode(title, body)


@register.simple_tag(takes_context=True)
def form_fields(context: dict[str, Any], form: BaseForm) -> str:
    """The fields of a plain form as components, with the error summary before them."""
    request = context.get("request")
    return mark_safe(render_to_string("sign_in/fields.html", {"form": form}, request, using="jinja2"))  # noqa: S308  # Jinja2 escaped it
