"""The addresses of visits: those with a word of their own come before the reference."""

from visits.routes import asking, duties, receiving

urlpatterns = [*receiving.urlpatterns, *duties.urlpatterns, *asking.urlpatterns]
