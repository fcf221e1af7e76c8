"""The register: places, kinds, interaction types and procedures."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    """The register's tables; btree_gist lets one exclusion span a key and a period."""

    initial = True

    dependencies = [
    ]

    operations = [
        BtreeGistExtension(),
        migrations.CreateModel(
            name='Kind',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=1, unique=True)),
                ('name_ru', models.CharField(max_length=80)),
                ('name_en', models.CharField(max_length=80)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Okrug',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=5, unique=True)),
                ('name_ru', models.CharField(max_length=40)),
                ('name_en', models.CharField(max_length=40)),
                ('okato', models.CharField(max_length=8, unique=True)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Procedure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=3, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='Type',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=3, unique=True)),
            ],
        ),
        migrations.CreateModel(
            name='ProcedureVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('during', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('procedure', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='registry.procedure')),
            ],
        ),
        migrations.CreateModel(
            name='ProcedureStep',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('n', models.PositiveSmallIntegerField()),
                ('actor_ru', models.CharField(max_length=80)),
                ('actor_en', models.CharField(max_length=80)),
                ('action_ru', models.TextField()),
                ('action_en', models.TextField()),
                ('evidence_ru', models.TextField()),
                ('evidence_en', models.TextField()),
                ('version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='steps', to='registry.procedureversion')),
            ],
            options={
                'ordering': ['n'],
            },
        ),
        migrations.CreateModel(
            name='TypeVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('name_ru', models.CharField(max_length=120)),
                ('name_en', models.CharField(max_length=120)),
                ('risk', models.CharField(choices=[('low', 'low'), ('medium', 'medium'), ('high', 'high'), ('very_high', 'very high')], max_length=9)),
                ('tier', models.CharField(choices=[('V0', 'escorted guest'), ('V1', 'basic clearance'), ('V2', 'supervised contact'), ('V3', 'individual and off-site'), ('V4', 'guest family')], max_length=2)),
                ('supervision_ru', models.TextField()),
                ('supervision_en', models.TextField()),
                ('limits_ru', models.TextField()),
                ('limits_en', models.TextField()),
                ('conditions_ru', models.TextField()),
                ('conditions_en', models.TextField()),
                ('during', django.contrib.postgres.fields.ranges.DateRangeField()),
                ('kinds', models.ManyToManyField(related_name='+', to='registry.kind')),
                ('type', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='versions', to='registry.type')),
            ],
        ),
        migrations.CreateModel(
            name='District',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=60)),
                ('oktmo', models.CharField(max_length=11, unique=True)),
                ('okrug', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='districts', to='registry.okrug')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('okrug', 'name'), name='district_once_in_okrug')],
            },
        ),
        migrations.AddConstraint(
            model_name='procedureversion',
            constraint=models.UniqueConstraint(fields=('procedure', 'number'), name='procedure_version_number_once'),
        ),
        migrations.AddConstraint(
            model_name='procedureversion',
            constraint=models.CheckConstraint(condition=models.Q(('during__isempty', False)), name='procedure_version_period_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='procedureversion',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('procedure'), '='), (models.F('during'), '&&')], name='procedure_version_one_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='procedurestep',
            constraint=models.UniqueConstraint(fields=('version', 'n'), name='procedure_step_number_once'),
        ),
        migrations.AddConstraint(
            model_name='typeversion',
            constraint=models.UniqueConstraint(fields=('type', 'number'), name='type_version_number_once'),
        ),
        migrations.AddConstraint(
            model_name='typeversion',
            constraint=models.CheckConstraint(condition=models.Q(('risk__in', ['low', 'medium', 'high', 'very_high'])), name='type_version_risk_known'),
        ),
        migrations.AddConstraint(
            model_name='typeversion',
            constraint=models.CheckConstraint(condition=models.Q(('tier__in', ['V0', 'V1', 'V2', 'V3', 'V4'])), name='type_version_tier_known'),
        ),
        migrations.AddConstraint(
            model_name='typeversion',
            constraint=models.CheckConstraint(condition=models.Q(('during__isempty', False)), name='type_version_period_not_empty'),
        ),
        migrations.AddConstraint(
            model_name='typeversion',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.F('type'), '='), (models.F('during'), '&&')], name='type_version_one_at_a_time'),
        ),
    ]
