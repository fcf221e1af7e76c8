import time_machine, pytest, re
from datetime import timedelta
from pathlib import Path
from tests.visits import receiving as make
from tests.visits.receiving import *
from tests.visits.asking import *
from tests.volunteers import making
from tests.visits.test_booking_pages import _over, typed, new, without_test, close
from visits.flows import VisitFlow
from casework.models import Notice
from accounts.roles import Role
OUT=Path("/tmp/work/h8w/shots"); OUT.mkdir(exist_ok=True)
@pytest.mark.django_db
def test_dump():
  with time_machine.travel(make.NOON, tick=False):
    cast = make.house()
    h=cast.house.organisation; h.short_name="ЦССВ «Липовая аллея»"; h.save()
    n=cast.ngo.organisation; n.short_name="БФ «Рядом по субботам»"; n.save()
    s=cast.site; s.address="ул. Ботаническая, 33а"; s.save()
    who=make.helper(cast,"Анна"); lack=without_test(cast); other=make.helper(cast,"Пётр")
    vol=make.signed_in(who.person,"ru"); lk=make.signed_in(lack.person,"ru"); co=make.signed_in(cast.coordinator,"ru")
    def save(name,r):
        if r.status_code!=200: print(name,r.status_code); return
        t=r.content.decode().replace('"/static/','"file:///work/main/static/')
        (OUT/f"{name}.html").write_text(t)
    sl=make.slot(cast)
    save("find",vol.get("/visits/find/")); save("find_lack",lk.get("/visits/find/")); save("find_co",co.get("/visits/find/"))
    close(cast, TODAY + timedelta(days=14), TODAY + timedelta(days=16))
    save("slots",vol.get(f"/visits/slots/{h.ref}/")); 
    save("new_vol",vol.get(new(sl))); save("new_co",co.get(new(sl))); save("cannot",lk.get(new(sl)))
    save("check",vol.post(new(sl),typed())); save("errors",vol.post(new(sl),{"key":"x"}))
    r=vol.post(new(sl),typed(send="1")); url=r["Location"]
    save("requested",vol.get(url)); save("mine",vol.get("/visits/")); save("roster",co.get("/visits/?part=coming"))
    v=Visit.objects.get()
    make.approve(cast,v); save("booked",vol.get(url)); save("pass",vol.get(url+"pass/"))
    v2=make.request(cast,other,hour=16,on=make.TOMORROW+timedelta(days=7))
    take(VisitFlow.move,v2,hat(cast,Role.DESK),slot=str(make.slot(cast,11,on=make.TOMORROW+timedelta(days=7)).pk),supervisor=str(cast.desk.pk),reason="Утром спокойнее")
    save("offered",co.get(f"/visits/{v2.case.ref}/"))
    take(VisitFlow.withdraw,v2,hat(cast,Role.COORDINATOR),reason="")
    v3=make.request(cast,other,hour=16); take(VisitFlow.refuse,v3,hat(cast,Role.DESK),code="V4",reason="Дети уедут в театр. Приходите в следующий четверг.")
    save("refused",co.get(f"/visits/{v3.case.ref}/"))
    from casework.letters import letter
    for k in ("visit_request","visit_approve","visit_refuse","visit_move"):
        no=Notice.objects.filter(kind=k).first()
        l=letter(no,"ru"); print("=====",l.subject); print(l.text)
    v4=_over(cast,make.helper(cast,"Вера")) if False else None
  with time_machine.travel(at(14), tick=False):
    from casework.sweep import sweep
    from visits.services import gate
    from visits.models import GateKind
    p=v.participations.select_related("visit__case","volunteer").get()
    gate.note(p,GateKind.IN,by=hat(cast,Role.GATE),at=at(11,5),key="a",healthy=True); gate.note(p,GateKind.OUT,by=hat(cast,Role.GATE),at=at(13),key="b")
    sweep(at(13))
    save("over",vol.get(url)); save("hours",co.get(url+"hours/")); save("roster_hours",co.get("/visits/"))
