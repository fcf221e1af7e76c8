"""What the Department types to narrow its lists."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.db.models import CharField, F, Func, Model, Value
from django.db.models.functions import Lower, Replace
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.hats import Acting
from accounts.models import Organisation, User
from casework.calendar import FIRST_YEAR, LAST_YEAR
from casework.models import Case
from casework.process import Flow
from casework.queries import cases_visible_to
from oversight.queries import actions, audit, lateness
from oversight.queries.lateness import Group

MOST, WORDS = 20, 6
NAMES = ("family_name", "given_name", "patronymic", "email")
TITLES = ("name", "short_name", "inn", "ogrn")
DAY = timedelta(days=1)


class ConcatWs(Func):
    """Columns side by side with blanks between them; an empty one is left out."""

    function = "concat_ws"

    def __init__(self, *columns: str) -> None:
        fields = (F(column) for column in columns)
        super().__init__(Value(" "), *fields, output_field=CharField())


class LateForm(forms.Form):
    """What narrows the lateness queue; nothing in it is required."""

    kind = forms.ChoiceField(label=_("Kind of case"), required=False)
    organisation = forms.ChoiceField(
        label=_("Who must answer"),
        required=False,
        error_messages={
            "invalid_choice": _("Nothing of this organisation is late now, or it is not known.")
        },
    )

    def __init__(self, data: Any, *, groups: Iterable[Group]) -> None:
        super().__init__(data)
        names = {group.ref: group.name for group in groups}
        ordered = sorted(names.items(), key=lambda one: one[1].lower().replace("ё", "ея"))
        kinds = [(kind, flow.title) for kind, flow in Flow.by_kind.items()]
        for field, everything, offered in (
            ("kind", _("All kinds"), kinds),
            ("organisation", _("All organisations"), ordered),
        ):
            choices = cast(forms.ChoiceField, self.fields[field])
            choices.choices = [("", everything), *offered]

    def asked(self, tab: str) -> lateness.Asked | None:
        """What is asked; None when it cannot be understood."""
        return lateness.Asked(tab=tab, **self.cleaned_data) if self.is_valid() else None


class AuditForm(forms.Form):
    """What narrows the audit trail; nothing in it is required."""

    person = forms.CharField(
        label=_("Person"),
        help_text=_("Name or e-mail."),
        max_length=200,
        required=False,
    )
    organisation = forms.CharField(
        label=_("Organisation"), help_text=_("Name, INN or OGRN."), max_length=200, required=False
    )
    case = forms.CharField(
        label=_("Case"), help_text=_("Such as V-1024."), max_length=50, required=False
    )
    action = forms.ChoiceField(label=_("What was done"), required=False)
    since = forms.DateField(
        label=_("From day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    through = forms.DateField(
        label=_("Through day"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )

    def __init__(self, data: Any, *, by: Acting) -> None:
        super().__init__(data)
        self.by = by
        cast(forms.ChoiceField, self.fields["action"]).choices = [
            ("", _("Everything")),
            *actions.choices(),
        ]

    def clean_person(self) -> tuple[int, ...] | None:
        """Everybody whose name and address hold every word."""
        text = self.cleaned_data["person"]
        return _few(User, NAMES, text, _("Nobody is known by this name or address."))

    def clean_organisation(self) -> tuple[int, ...] | None:
        """Every organisation whose names and numbers hold every word."""
        text = self.cleaned_data["organisation"]
        return _few(Organisation, TITLES, text, _("No organisation has this name or number."))

    def clean_case(self) -> Case | None:
        """The case of this number."""
        ref = self.cleaned_data["case"].strip().upper()
        if not ref:
            return None
        visible = cases_visible_to(self.by).select_related("owner")
        found: Case | None = visible.filter(ref=ref).first()
        if found is None:
            raise forms.ValidationError(_("There is no case with this number."))
        return found

    def clean_since(self) -> datetime | None:
        """The first instant of that day."""
        on: date | None = self.cleaned_data["since"]
        return _begin(on) if on else None

    def clean_through(self) -> datetime | None:
        """The first instant after that day."""
        on: date | None = self.cleaned_data["through"]
        return _begin(on, DAY) if on else None

    def clean(self) -> None:
        """A period that ends before it begins holds nothing: say so."""
        since, before = self.cleaned_data.get("since"), self.cleaned_data.get("through")
        if since and before and before <= since:
            self.add_error("through", _("The period ends before it begins."))

    def asked(self) -> audit.Asked | None:
        """What is asked; None when it cannot be understood."""
        if not self.is_valid():
            return None
        clean = self.cleaned_data
        return audit.Asked(
            people=clean["person"],
            organisations=clean["organisation"],
            case=clean["case"],
            action=clean["action"],
            since=clean["since"],
            before=clean["through"],
        )


def _few(
    model: type[Model], columns: Iterable[str], text: str, nobody: Any
) -> tuple[int, ...] | None:
    """The keys of the rows whose columns hold every word of the text; ё counts as е."""
    words = text.lower().replace("ё", "е").split()[:WORDS]
    if not words:
        return None
    whole = Replace(Lower(ConcatWs(*columns)), Value("ё"), Value("е"))
    found = model._default_manager.annotate(whole=whole)
    for word in words:
        found = found.filter(whole__contains=word)
    keys = tuple(found.values_list("pk", flat=True)[: MOST + 1])
    if not keys:
        raise forms.ValidationError(nobody)
    if len(keys) > MOST:
        raise forms.ValidationError(_("Too many fit. Write more of the name."))
    return keys


def _begin(on: date, later: timedelta = timedelta()) -> datetime:
    if not FIRST_YEAR <= on.year <= LAST_YEAR:
        raise forms.ValidationError(
            _("The calendar holds the years %(first)s to %(last)s.")
            % {"first": FIRST_YEAR, "last": LAST_YEAR}
        )
    return datetime.combine(on + later, time.min, timezone.get_current_timezone())
