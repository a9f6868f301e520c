"""The administration: everything an administrator keeps or may look up. Importing the modules registers their pages."""

from projects.admin import catalogue, events, indicators, lookup, mail, meetings, people, projects

__all__ = ["catalogue", "events", "indicators", "lookup", "mail", "meetings", "people", "projects"]
