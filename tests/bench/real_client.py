"""The whole of a store by the real MLflow client and by the built program, as a ratio of processor time.

    real_client.py STORES SEXTANT      run with the Python of the oracle's virtual environment

STORES is what make_stores.py filled: runs10k.db and history1m.db are read. Neither the client's import nor
its first opening of the store counts; of Sextant the whole process does, without its cache, output included.
Prints a line for each work and fails when Sextant is not at least 60 times faster.
"""
import os
import resource
import subprocess
import sys
import time

os.environ.update(MLFLOW_DISABLE_TELEMETRY="true", DO_NOT_TRACK="true", SEXTANT_CACHE="off")
import mlflow  # noqa: E402

BAR = 60
REPEATS = 5


def all_runs(client):
    experiments, token, count = [one.experiment_id for one in client.search_experiments()], None, 0
    while True:
        page = client.search_runs(experiments, max_results=1000, page_token=token)
        count, token = count + len(page), page.token
        if not token:
            return count


def one_history(client):
    run = client.search_runs([one.experiment_id for one in client.search_experiments()])[0].info.run_id
    return len(client.get_metric_history(run, "loss"))


def by_client(uri, work):
    client = mlflow.MlflowClient(uri)
    client.search_experiments()
    begun = time.process_time()
    return work(client), time.process_time() - begun


def by_sextant(command):
    """Lines printed, and the median processor time of one process."""
    used, lines = [], 0
    for _ in range(REPEATS):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        lines = done.stdout.count(b"\n")
    return lines, sorted(used)[REPEATS // 2]


def compare(name, file, work, sextant, arguments):
    rows, theirs = by_client(f"sqlite:///{file}", work)
    lines, ours = by_sextant([sextant, *arguments, "--store", file, "--format", "csv"])
    if lines - 1 != rows:
        raise SystemExit(f"{name}: the client read {rows}, Sextant {lines - 1}")
    ratio = theirs / ours
    verdict = "ok" if ratio >= BAR else "BROKEN"
    print(f"{name:32} client {theirs:7.2f} s  sextant {ours:6.3f} s  {ratio:5.0f}x  (bar {BAR}x)  {verdict}")
    return ratio >= BAR


def main():
    stores, sextant = os.path.realpath(sys.argv[1]), os.path.realpath(sys.argv[2])
    file = f"{stores}/history1m.db"
    listing = [sextant, "runs", "list", "--columns=run_id", "--format=csv", "--store", file]
    run = subprocess.run(listing, check=True, capture_output=True, text=True).stdout.split()[1]
    kept = [
        compare("10,000 runs with all values", f"{stores}/runs10k.db", all_runs, sextant,
                ["runs", "list", "--columns", "run_id"]),
        compare("1,000,000 points of one metric", file, one_history, sextant,
                ["runs", "history", run, "loss"])]
    sys.exit(0 if all(kept) else 1)


if __name__ == "__main__":
    main()
