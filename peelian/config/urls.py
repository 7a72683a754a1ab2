"""Every address: the registered pages, the sign-in, and the pages for what went wrong."""

from django.urls import include, path

from peelian.web import pages
from peelian.web.journeys import JOURNEYS
from peelian.web.sign_in import urls as sign_in

urlpatterns = [*pages.addresses(JOURNEYS), path("account/", include(sign_in))]

handler400 = "peelian.web.errors.bad_request"
handler403 = "peelian.web.errors.not_allowed"
handler404 = "peelian.web.errors.not_found"
handler500 = "peelian.web.errors.failed"
