#!/usr/bin/env python3
"""Training steps of the reference networks in PyTorch: what mtl-examples' Benchmark is compared with.

Needs Python 3.8 or newer with PyTorch, nothing else:

    python3 .github/torch_peer.py --best

One batch in memory, float32, Adam at 1e-3. A step is a forward pass, the losses of all tasks, backward, update.

    sum   the losses are added up: one backward pass
    jac   the gradient of each task (one forward pass, a backward pass each), their Gramian G, and the combination
          with w = softmax(-G 1) for the shared parameters; heads follow their own loss

Prints a line of JSON for each network and mode: case, mode, samples_per_s (median of the windows), ms_per_step, threads,
setup. How OpenMP and OpenBLAS share the cores is set before the start and matters a lot; --best tries all ways of SETUPS,
each in a process of its own, and prints the fastest of each cell.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import time

CASES = ("mlp", "cnn", "lstm", "transformer")
MODES = ("sum", "jac")
CLASSES = 10
SETUPS = {
    "plain": {},
    "openblas1": {"OPENBLAS_NUM_THREADS": "1"},
    "passive": {"OMP_WAIT_POLICY": "PASSIVE"},
    "spin": {"GOMP_SPINCOUNT": "100000"},
}
# Variables that would make one set-up as slow as another, or choose slower code.
CLEANED = ("OPENBLAS_NUM_THREADS", "OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "OMP_WAIT_POLICY", "GOMP_SPINCOUNT")


def reference(case):
    """The encoder, its number of features, the number of tasks and the size of a batch."""
    from torch import nn

    class Pick(nn.Module):
        """A function of an inner module's output."""

        def __init__(self, inner, function):
            super().__init__()
            self.inner, self.function = inner, function

        def forward(self, x):
            return self.function(self.inner(x))

    if case == "mlp":
        encoder = nn.Sequential(nn.Linear(784, 512), nn.ReLU(), nn.Linear(512, 256), nn.ReLU())
        return encoder, 256, 3, (256, 784)
    if case == "cnn":
        encoder = nn.Sequential(
            nn.Conv2d(3, 32, 3, padding=1), nn.ReLU(),
            nn.Conv2d(32, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(64, 64, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(64 * 8 * 8, 128), nn.ReLU())
        return encoder, 128, 2, (128, 3, 32, 32)
    if case == "lstm":
        return Pick(nn.LSTM(64, 128, batch_first=True), lambda out: out[0][:, -1]), 128, 2, (64, 32, 64)
    block = nn.TransformerEncoderLayer(d_model=128, nhead=4, dim_feedforward=256, dropout=0.0, batch_first=True)
    return Pick(nn.TransformerEncoder(block, num_layers=2), lambda out: out.mean(dim=1)), 128, 2, (64, 32, 128)


class Training:
    """A network with its heads, one batch, and the optimiser."""

    def __init__(self, case, mode):
        import torch

        torch.manual_seed(7)
        self.torch, self.mode = torch, mode
        self.encoder, features, tasks, shape = reference(case)
        self.heads = torch.nn.ModuleList(torch.nn.Linear(features, CLASSES) for _ in range(tasks))
        self.batch = shape[0]
        self.inputs = torch.randn(*shape)
        self.labels = [torch.randint(0, CLASSES, (self.batch,)) for _ in range(tasks)]
        self.shared = list(self.encoder.parameters())
        self.optimizer = torch.optim.Adam(self.shared + list(self.heads.parameters()), lr=1e-3)

    def step(self):
        """One training step; returns the losses."""
        self.optimizer.zero_grad()
        representation = self.encoder(self.inputs)
        losses = [self.torch.nn.functional.cross_entropy(head(representation), wanted)
                  for head, wanted in zip(self.heads, self.labels)]
        if self.mode == "sum":
            sum(losses).backward()
        else:
            self.combine(self.jacobian(losses))
        self.optimizer.step()
        return [loss.item() for loss in losses]

    def jacobian(self, losses):
        """A row of shared gradients for each task; heads get theirs on the way."""
        rows = []
        for k, (loss, head) in enumerate(zip(losses, self.heads)):
            own = list(head.parameters())
            gradients = self.torch.autograd.grad(loss, self.shared + own, retain_graph=k < len(losses) - 1)
            rows.append(self.torch.cat([g.reshape(-1) for g in gradients[:len(self.shared)]]))
            for parameter, gradient in zip(own, gradients[len(self.shared):]):
                parameter.grad = gradient
        return self.torch.stack(rows)

    def combine(self, jacobian):
        """Sets the shared gradients to the weighted sum of the rows."""
        weights = self.torch.softmax(-(jacobian @ jacobian.t()).sum(dim=1), dim=0)
        parts = (weights @ jacobian).split([p.numel() for p in self.shared])
        for parameter, part in zip(self.shared, parts):
            parameter.grad = part.view_as(parameter)


def window(training, seconds):
    """Trains for so many seconds, at least one step; returns examples a second."""
    steps, begun = 0, time.perf_counter()
    while steps == 0 or time.perf_counter() - begun < seconds:
        training.step()
        steps += 1
    return steps * training.batch / (time.perf_counter() - begun)


def measure(case, mode, options):
    training = Training(case, mode)
    window(training, options.warmup)
    rate = statistics.median_high(window(training, options.seconds) for _ in range(options.windows))
    return {"case": case, "mode": mode, "samples_per_s": round(rate, 1),
            "ms_per_step": round(training.batch / rate * 1e3, 2), "threads": options.threads, "setup": "torch"}


def in_setup(name, options):
    """The lines of a process of its own with a setup's environment."""
    command = [sys.executable, os.path.abspath(__file__), "--cases", *options.cases, "--modes", *options.modes]
    for key in ("windows", "seconds", "warmup", "threads"):
        command += ["--" + key, str(getattr(options, key))]
    clean = {k: v for k, v in os.environ.items() if k not in CLEANED}
    done = subprocess.run(command, env={**clean, **SETUPS[name]}, stdout=subprocess.PIPE, text=True, check=True)
    return [{**json.loads(line), "setup": "torch " + name} for line in done.stdout.splitlines()]


def best(options):
    fastest = {}
    for name in SETUPS:
        for line in in_setup(name, options):
            cell = line["case"], line["mode"]
            if cell not in fastest or line["samples_per_s"] > fastest[cell]["samples_per_s"]:
                fastest[cell] = line
    return fastest.values()


def main():
    parser = argparse.ArgumentParser(description="Measures PyTorch on the reference networks; see the top of this file.")
    parser.add_argument("--cases", nargs="+", default=CASES, choices=CASES)
    parser.add_argument("--modes", nargs="+", default=MODES, choices=MODES)
    parser.add_argument("--windows", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.0)
    parser.add_argument("--warmup", type=float, default=1.0)
    parser.add_argument("--threads", type=int, default=int(os.environ.get("OMP_NUM_THREADS", os.cpu_count())))
    parser.add_argument("--best", action="store_true", help="the fastest of several thread set-ups, cell by cell")
    options = parser.parse_args()
    if options.best:
        for line in best(options):
            print(json.dumps(line), flush=True)
        return
    import torch

    torch.set_num_threads(options.threads)
    for case in options.cases:
        for mode in options.modes:
            print(json.dumps(measure(case, mode, options)), flush=True)


if __name__ == "__main__":
    main()
