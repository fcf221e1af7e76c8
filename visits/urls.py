"""The addresses of visits: those with a word of their own come before the reference."""

from visits.routes import asking, receiving

urlpatterns = [*receiving.urlpatterns, *asking.urlpatterns]
