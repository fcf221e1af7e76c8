"""Searching names: Russian full text, and trigrams for what was typed wrongly."""

from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

# Two functions, so that the words of an index and of a question can never differ.
SEARCH = """
create function registry_text(name text, short_name text) returns text
    language sql immutable parallel safe
    return translate(lower(name || ' ' || short_name), 'ё', 'е');
create function registry_words(name text, short_name text) returns tsvector
    language sql immutable parallel safe
    return to_tsvector('russian'::regconfig, translate(lower(name || ' ' || short_name), 'ё', 'е'));

create index organisation_words on accounts_organisation
    using gin (registry_words(name, short_name));
create index organisation_trigrams on accounts_organisation
    using gin (registry_text(name, short_name) gin_trgm_ops);
create index organisation_in_order on accounts_organisation
    (replace(lower(short_name), 'ё', 'ея'), id);
create index organisation_by_inn on accounts_organisation (inn text_pattern_ops);

-- What a text typed wrongly may have meant, best first. A word is found with a letter or two
-- wrong; a limit of 0.6, the extension's own, would not.
create function registry_alike(typed text) returns table (id bigint, likeness real)
    language sql stable parallel safe set pg_trgm.word_similarity_threshold = 0.35
    begin atomic
    select o.id, word_similarity(typed, registry_text(o.name, o.short_name))
      from accounts_organisation o
     where typed <% registry_text(o.name, o.short_name)
     order by 2 desc, o.id limit 200;
    end;
"""

NO_SEARCH = """
drop function registry_alike;
drop index organisation_words, organisation_trigrams, organisation_in_order, organisation_by_inn;
drop function registry_words, registry_text;
"""


class Migration(migrations.Migration):
    """Indexes over names of organisations: only the register searches them."""

    dependencies = (("registry", "0003_institutions_ngos_imports"),)
    operations = (TrigramExtension(), migrations.RunSQL(SEARCH, NO_SEARCH))
