"""The workers: a few processes that ask the store, one question each at a time."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import threading
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from kg.serve.types import Answer, Limits, Question, sentence
from kg.serve.worker import work

#: How many questions are answered at once.
WORKERS = max(4, os.cpu_count() or 1)
#: Seconds that a question waits for a free worker, and that a worker may take to start.
WAIT, START = 10.0, 60.0
#: The answer while the server ends.
ENDING = sentence(503, "the server is ending: ask again when it runs")


class Pool:
    """Answers questions in processes, each started when it is first needed and killed when time is up."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        self._folder = folder
        self._limits = limits
        self._free = asyncio.Semaphore(WORKERS)
        self._threads = ThreadPoolExecutor(WORKERS, thread_name_prefix="ask")
        self._idle: deque[_Worker] = deque()
        self._all: set[_Worker] = set()
        self._lock = threading.Lock()
        self._closed = False

    async def ask(self, question: Question) -> Answer:
        """The answer; 503 if no worker becomes free, if time is up or if the worker broke down."""
        try:
            await asyncio.wait_for(self._free.acquire(), WAIT)
        except TimeoutError:
            return sentence(503, "too many queries are running: ask again in a moment")
        try:
            if self._closed:
                return ENDING
            return await asyncio.get_running_loop().run_in_executor(self._threads, self._ask, question)
        finally:
            self._free.release()

    def close(self) -> None:
        """End all workers, whatever they are doing; what is asked then hears that the server is ending."""
        with self._lock:  # no worker is started after this
            self._closed = True
            for worker in self._all:
                worker.kill()
        self._threads.shutdown()

    def _ask(self, question: Question) -> Answer:
        worker = self._taken()
        answer = worker.ask(question, self._limits.seconds) if worker else None
        if worker and answer is not None:
            self._idle.append(worker)
            return answer
        with self._lock:
            if self._closed or worker is None:
                return ENDING
            timed_out = worker.alive
            worker.kill()
            self._all.discard(worker)
        if timed_out:
            return sentence(
                503, f"the query took longer than {self._limits.seconds:g} s and was stopped: ask for less"
            )
        return sentence(503, "the query needs too much memory or broke the engine: ask for less")

    def _taken(self) -> _Worker | None:
        """An idle worker or a new one; None if the pool is closed."""
        with self._lock:
            if self._closed:
                return None
            if self._idle:
                return self._idle.pop()
            worker = _Worker(self._folder, self._limits)
            self._all.add(worker)
            return worker


class _Worker:
    """One process and the line to it."""

    def __init__(self, folder: Path, limits: Limits) -> None:
        # A forked process would share the threads' locks of the server: start it afresh.
        context = multiprocessing.get_context("spawn")
        self._line, theirs = context.Pipe()
        self._process = context.Process(target=work, args=(theirs, folder, limits), daemon=True)
        self._process.start()
        theirs.close()
        self._ready = False

    @property
    def alive(self) -> bool:
        return self._process.is_alive()

    def ask(self, question: Question, seconds: float) -> Answer | None:
        """The answer; None if there is none after ``seconds``, or if the process has ended."""
        try:
            if not self._ready:
                self._ready = self._line.poll(START) and self._line.recv() is None
            self._line.send(question)
            answer: Answer | None = self._line.recv() if self._line.poll(seconds) else None
        except (EOFError, OSError):  # it has ended
            self._process.join()
            return None
        return answer

    def kill(self) -> None:
        self._process.kill()
        self._process.join()
