"""The worker's pulse."""

from django.db import models


class Heartbeat(models.Model):
    """The last time a worker of one start of the product was seen alive."""

    boot = models.CharField(max_length=64, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.boot
