"""The demonstration's own pages."""

from accounts.access import PUBLIC, route
from demo import views

urlpatterns = [
    route("demo/", views.cast, who=PUBLIC, name="demo"),
    route("demo/as/<slug:name>/", views.act_as, who=PUBLIC, name="demo-as"),
    route("demo/mail/", views.mail, who=PUBLIC, name="demo-mail"),
]
