"""The tables of the knowledge test: the bank, the tries, the answers."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def key() -> "models.BigAutoField[int, int]":
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("accounts", "0002_application_role"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                ("id", key()),
                (
                    "tier",
                    models.CharField(
                        choices=[
                            ("V0", "escorted guest"),
                            ("V1", "basic clearance"),
                            ("V2", "supervised contact"),
                            ("V3", "individual and off-site"),
                            ("V4", "guest family"),
                        ],
                        max_length=2,
                    ),
                ),
                ("seed", models.BigIntegerField()),
                ("paper", models.JSONField()),
                ("rulebook", models.PositiveIntegerField(null=True)),
                ("started_at", models.DateTimeField()),
                ("deadline_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("score", models.PositiveSmallIntegerField(blank=True, null=True)),
                (
                    "share",
                    models.DecimalField(blank=True, decimal_places=2, max_digits=5, null=True),
                ),
                ("passed", models.BooleanField(blank=True, null=True)),
                ("failed_mandatory", models.BooleanField(default=False)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                ("id", key()),
                ("n", models.PositiveSmallIntegerField()),
                (
                    "chosen",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.PositiveSmallIntegerField(), default=list, size=None
                    ),
                ),
                ("saved_at", models.DateTimeField()),
                (
                    "attempt",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="answers",
                        to="volunteers.attempt",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", key()),
                ("code", models.CharField(max_length=30, unique=True)),
                (
                    "topic",
                    models.CharField(
                        choices=[
                            ("rights", "Rights and confidentiality"),
                            ("attachment", "Attachment and continuity"),
                            ("disability", "Trauma, disability and communication"),
                            ("boundaries", "Boundaries, gifts, photographs, social media"),
                            ("forbidden", "What a volunteer never does"),
                            ("hygiene", "Hygiene and illness"),
                            ("emergency", "Fire, injury and 112"),
                            ("reporting", "Noticing abuse and reporting it"),
                            ("outing", "Outside the gate; a missing child"),
                            ("routine", "The routine of the house"),
                            ("complaints", "Complaints, neighbours, feedback"),
                            ("elders", "Elderly and adult residents"),
                        ],
                        max_length=20,
                    ),
                ),
                ("mandatory", models.BooleanField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "topic__in",
                                [
                                    "rights",
                                    "attachment",
                                    "disability",
                                    "boundaries",
                                    "forbidden",
                                    "hygiene",
                                    "emergency",
                                    "reporting",
                                    "outing",
                                    "routine",
                                    "complaints",
                                    "elders",
                                ],
                            )
                        ),
                        name="question_topic_known",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="QuestionVersion",
            fields=[
                ("id", key()),
                ("n", models.PositiveSmallIntegerField()),
                (
                    "tiers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=2), size=None
                    ),
                ),
                (
                    "types",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=3), default=list, size=None
                    ),
                ),
                ("difficulty", models.PositiveSmallIntegerField()),
                ("text_ru", models.TextField()),
                ("text_en", models.TextField()),
                ("options", models.JSONField()),
                ("multiple", models.BooleanField()),
                ("explanation_ru", models.TextField()),
                ("explanation_en", models.TextField()),
                ("source", models.CharField(max_length=100)),
                ("retired_on", models.DateField(blank=True, null=True)),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="versions",
                        to="volunteers.question",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="attempt",
            index=models.Index(fields=["person", "started_at"], name="attempts_of_a_person"),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.UniqueConstraint(
                condition=models.Q(("finished_at__isnull", True)),
                fields=("person",),
                name="one_attempt_under_way",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(("tier__in", ("V1", "V2", "V3"))), name="attempt_tier_is_tested"
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(("deadline_at__gt", models.F("started_at"))),
                name="attempt_has_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("finished_at__isnull", True),
                    models.Q(
                        ("finished_at__gte", models.F("started_at")),
                        ("finished_at__lte", models.F("deadline_at")),
                    ),
                    _connector="OR",
                ),
                name="attempt_ends_in_its_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("failed_mandatory", False),
                        ("finished_at__isnull", True),
                        ("passed__isnull", True),
                        ("score__isnull", True),
                        ("share__isnull", True),
                    ),
                    models.Q(
                        ("finished_at__isnull", False),
                        ("passed__isnull", False),
                        ("score__isnull", False),
                        ("share__range", (0, 100)),
                    ),
                    _connector="OR",
                ),
                name="attempt_is_marked_when_finished",
            ),
        ),
        migrations.AddConstraint(
            model_name="attempt",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("passed__isnull", True),
                    ("passed", False),
                    ("failed_mandatory", False),
                    _connector="OR",
                ),
                name="a_pass_fails_nothing_mandatory",
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.UniqueConstraint(
                fields=("attempt", "n"), name="one_answer_per_question"
            ),
        ),
        migrations.AddConstraint(
            model_name="answer",
            constraint=models.CheckConstraint(
                condition=models.Q(("n__gte", 1)), name="questions_count_from_one"
            ),
        ),
        migrations.AddConstraint(
            model_name="questionversion",
            constraint=models.UniqueConstraint(
                fields=("question", "n"), name="question_version_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="questionversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("retired_on__isnull", True)),
                fields=("question",),
                name="one_version_asked_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="questionversion",
            constraint=models.CheckConstraint(
                condition=models.Q(("difficulty__range", (1, 3))), name="difficulty_is_one_to_three"
            ),
        ),
        migrations.AddConstraint(
            model_name="questionversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("tiers__contained_by", ["V1", "V2", "V3"]), ("tiers__len__gt", 0)
                ),
                name="question_tiers_known",
            ),
        ),
    ]
