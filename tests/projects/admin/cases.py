"""Addresses of the administration, what its forms send, and what an event tells."""

from django.urls import reverse


def url(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def told(event):
    return event.summary, event.actor, event.changes


def no_inlines():
    return {**management("aliases", 0), **management("assignments", 0), **management("budget_lines", 0)}


def management(prefix, total, initial=0):
    return {f"{prefix}-TOTAL_FORMS": total, f"{prefix}-INITIAL_FORMS": initial}
