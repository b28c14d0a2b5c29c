import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("core", "0007_understanding"),
    ]

    operations = [
        migrations.CreateModel(
            name="Attempt",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("policy", models.CharField(max_length=100)),
                ("version", models.PositiveIntegerField()),
                ("seed", models.CharField(max_length=32)),
                ("clauses", models.JSONField(default=list)),
                ("answers", models.JSONField(default=list)),
                ("round", models.PositiveIntegerField(default=1)),
                ("begun_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="core.person",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("person", "policy", "version"), name="one_attempt_a_version"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Nudge",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("policy", models.CharField(max_length=100)),
                ("by", models.CharField(max_length=200)),
                ("at", models.DateTimeField()),
                ("sent", models.BooleanField(default=False)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="core.person",
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["policy", "person"], name="conduct_nudge_policy_idx")
                ],
            },
        ),
    ]
