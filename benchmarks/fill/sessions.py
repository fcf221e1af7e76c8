"""People who are signed in already, and have shown a second factor where there is one."""

import time
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore

TOKEN = "b" * 32  # a browser sends back whatever token the cookie holds


def cookie(user: Any, session_name: str, token_name: str) -> str:
    """The cookies of a new session of this person."""
    store = SessionStore()
    store[SESSION_KEY] = str(user.pk)
    store[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    store[HASH_SESSION_KEY] = user.get_session_auth_hash()
    # What django-allauth keeps after a sign-in with a one-time code.
    store["account_authentication_methods"] = [{"method": "mfa", "at": time.time()}]
    store["account_authentication_methods_user"] = str(user.pk)
    store.save()
    return f"{session_name}={store.session_key}; {token_name}={TOKEN}"
