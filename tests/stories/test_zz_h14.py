import time
from tests.stories.test_every_page import cast, names
from tests.stories.reading import AXE
import pytest
pytestmark = pytest.mark.usefixtures("django_db_setup")
def test_time(stage, cast):
    p = time.perf_counter; c = time.process_time
    page = stage.page("ru", cast.coordinator, bypass_csp=False)
    reqs=[]
    page.on("request", lambda r: reqs.append(r.url))
    for n in range(2):
      for a in ("/start/","/visits/","/people/","/agreements/","/visits/find/"):
        reqs.clear()
        t0,c0=p(),c(); page.goto(a); t1,c1=p(),c()
        page.evaluate(AXE.axe_script); t2,c2=p(),c()
        page.evaluate("axe.run({resultTypes:['violations']}).then(r=>r.violations.length)"); t3,c3=p(),c()
        print(a, "goto %.2f/%.2f script %.2f/%.2f run %.2f/%.2f"%(t1-t0,c1-c0,t2-t1,c2-c1,t3-t2,c3-c2), len(reqs))
    print(reqs)
