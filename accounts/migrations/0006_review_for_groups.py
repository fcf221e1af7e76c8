"""Groups that were there before may review too: the commission's and the chief's."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

CODE, NAME = "review", "decide founder reviews and appeals"
ROLES = ("commissioner", "chief")


def grant(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    """The permission, where migrations have not reached it yet, and its grants."""
    kinds = apps.get_model("contenttypes", "ContentType").objects
    kind, _made = kinds.get_or_create(app_label="accounts", model="organisation")
    permissions = apps.get_model("auth", "Permission").objects
    permission, _made = permissions.get_or_create(
        content_type=kind, codename=CODE, defaults={"name": NAME}
    )
    grants = apps.get_model("accounts", "OrganisationGroupPermission").objects
    for group in apps.get_model("auth", "Group").objects.all():
        organisation, _colon, role = group.name.partition(":")
        if role in ROLES:
            grants.get_or_create(
                group=group, permission=permission, content_object_id=int(organisation)
            )


class Migration(migrations.Migration):
    """Data only."""

    dependencies = (
        ("accounts", "0005_deputy"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    )
    operations = (migrations.RunPython(grant, migrations.RunPython.noop),)
