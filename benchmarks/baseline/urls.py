"""The four addresses."""

from django.urls import path

from benchmarks.baseline import views

urlpatterns = [
    path("", views.page, name="page"),
    path("search/", views.search, name="search"),
    path("book/<int:number>/", views.book, name="book"),
    path("approve/<int:number>/", views.approve, name="approve"),
]
