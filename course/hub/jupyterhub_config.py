"""The hub's configuration. JupyterHub reads it; `make hub` says where the hub's folder is.

Change what a class needs in a file of your own, `jupyterhub_config.py` in the hub's folder: it is
read after this one and has the same `c`. There you name the login of your university, TLS, or
more than this machine.
"""

import os
import shutil
import sys
from pathlib import Path
from urllib.parse import urlencode

from course.hub import sandbox
from course.hub.authenticator import RosterAuthenticator
from course.hub.passwords import read_passwords
from course.hub.place import Place
from helpers import ROOT

c = get_config()  # noqa: F821
place = Place(Path(os.environ["COURSE_HUB"]), Path(os.environ["COURSE_HUB_INSTALLED"]))
port = int(os.environ.get("COURSE_HUB_PORT", "8000"))
memory = float(os.environ.get("COURSE_HUB_MEMORY", "3"))  # gigabytes for a process of a student
idle = int(os.environ.get("COURSE_HUB_IDLE", "3600"))  # seconds

c.JupyterHub.bind_url = f"http://127.0.0.1:{port}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{port + 1}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{port + 2}"
c.ConfigurableHTTPProxy.command = [str(place.proxy)]
c.ConfigurableHTTPProxy.pid_file = str(place.folder / "proxy.pid")
c.JupyterHub.db_url = f"sqlite:///{place.folder / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(place.folder / "cookie_secret")

c.JupyterHub.authenticator_class = RosterAuthenticator
c.RosterAuthenticator.table = str(place.passwords)
c.Authenticator.allowed_users = set(read_passwords(place.passwords))

c.JupyterHub.active_server_limit = int(os.environ.get("COURSE_HUB_STUDENTS", "0"))  # 0: no limit

c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = f"{place.homes}/{{username}}"
c.Spawner.start_timeout = c.Spawner.http_timeout = 300  # a whole class begins at once
c.Spawner.args = ["--allow-root"] if os.geteuid() == 0 else []
c.Spawner.notebook_dir = "~"
c.Spawner.default_url = "/git-pull?" + urlencode({
    "repo": f"file://{place.handout}", "branch": "main",
    "urlpath": "lab/tree/convnets/01_convolution.ipynb"})
c.Spawner.environment = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1",
                         "OMP_NUM_THREADS": "1", "TF_CPP_MIN_LOG_LEVEL": "3",
                         "GIT_CONFIG_NOSYSTEM": "1"}
# JupyterLab and the kernel lie in the environment below, where the server would not look.
below = sandbox.base_environments()
c.Spawner.environment |= {
    "JUPYTERLAB_DIR": str(below[0] / "share" / "jupyter" / "lab"),
    "JUPYTER_PATH": os.pathsep.join(str(one / "share" / "jupyter") for one in below),
    "JUPYTER_CONFIG_PATH": os.pathsep.join(str(one / "etc" / "jupyter") for one in below)}
if os.environ.get("COURSE_DATA"):
    c.Spawner.environment["COURSE_DATA"] = os.environ["COURSE_DATA"]


def within(spawner: object) -> None:
    """Put the server of a student into its sandbox."""
    home = place.homes / spawner.user.name
    (home / "hand_in").mkdir(parents=True, exist_ok=True)
    spawner.cmd = [*sandbox.command(place, home, memory),
                   shutil.which("jupyterhub-singleuser") or "jupyterhub-singleuser"]


c.Spawner.pre_spawn_hook = within

c.JupyterHub.load_roles = [{"name": "culler", "services": ["culler"], "scopes": [
    "list:users", "read:users:activity", "read:servers", "delete:servers"]}]
c.JupyterHub.services = [{"name": "culler", "command": [
    sys.executable, "-m", "jupyterhub_idle_culler", f"--timeout={idle}"]}]

own = place.folder / "jupyterhub_config.py"
if own.exists():
    exec(compile(own.read_text(encoding="utf-8"), str(own), "exec"))
