"""Runs a command and says what it took: wall seconds, CPU seconds and the peak of its memory, from the kernel."""
import os
import subprocess
import time
from collections import namedtuple

Measured = namedtuple("Measured", "wall cpu mib code")


def run_measured(command, **options):
    begin = time.perf_counter()
    process = subprocess.Popen([str(word) for word in command], stdin=subprocess.DEVNULL, **options)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Measured(time.perf_counter() - begin, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, process.returncode)
