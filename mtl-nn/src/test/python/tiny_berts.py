"""Makes the tiny networks in src/test/resources/pretrained, and what PyTorch computes with them.

    python3 tiny_berts.py ../resources/pretrained

Needs PyTorch alone. The forward pass is written here from the papers, and checked against torch.nn.TransformerEncoderLayer
with the same weights as a second witness, before anything is written. Everything is computed in double precision, from
weights that were rounded to the type of the file first.
"""

import json
import math
import os
import struct
import sys

import torch
from torch import nn

torch.manual_seed(20240607)
torch.set_default_dtype(torch.float64)

ACTIVATIONS = {
    "gelu": lambda x: x * 0.5 * (1 + torch.erf(x / math.sqrt(2))),
    "gelu_new": lambda x: 0.5 * x * (1 + torch.tanh(math.sqrt(2 / math.pi) * (x + 0.044715 * x**3))),
}
TYPES = {"F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}


def norm(x, w, name, eps):
    mean = x.mean(-1, keepdim=True)
    variance = ((x - mean) ** 2).mean(-1, keepdim=True)
    return (x - mean) / torch.sqrt(variance + eps) * w[name + ".weight"] + w[name + ".bias"]


def dense(x, w, name):
    return x @ w[name + ".weight"].T + w[name + ".bias"]


def block(x, mask, w, names, heads, act, eps):
    batch, time, n = x.shape
    q, k, v = (dense(x, w, p).view(batch, time, heads, n // heads).transpose(1, 2) for p in names["qkv"])
    scores = q @ k.transpose(2, 3) / math.sqrt(n // heads)
    scores = scores.masked_fill(mask[:, None, None, :] == 0, -1e30)
    mixed = (scores.softmax(-1) @ v).transpose(1, 2).reshape(batch, time, n)
    x = norm(x + dense(mixed, w, names["out"]), w, names["norm1"], eps)
    return norm(x + dense(act(dense(x, w, names["wide"])), w, names["narrow"]), w, names["norm2"], eps)


def witness(x, mask, w, names, heads, act, eps, wide):
    """The same block by PyTorch's own layer."""
    n = x.shape[-1]
    layer = nn.TransformerEncoderLayer(n, heads, wide, 0.0, act, eps, batch_first=True)
    layer.load_state_dict({
        "self_attn.in_proj_weight": torch.cat([w[p + ".weight"] for p in names["qkv"]]),
        "self_attn.in_proj_bias": torch.cat([w[p + ".bias"] for p in names["qkv"]]),
        **{f"{theirs}.{k}": w[f"{names[ours]}.{k}"] for k in ("weight", "bias") for theirs, ours in (
            ("self_attn.out_proj", "out"), ("norm1", "norm1"), ("linear1", "wide"), ("linear2", "narrow"),
            ("norm2", "norm2"))}})
    layer.train()  # the fast path of eval mode leaves padding out
    return layer(x, src_key_padding_mask=mask == 0)


def bert_names(i):
    p = f"encoder.layer.{i}."
    return {"qkv": [p + "attention.self." + s for s in ("query", "key", "value")],
            "out": p + "attention.output.dense", "norm1": p + "attention.output.LayerNorm",
            "wide": p + "intermediate.dense", "narrow": p + "output.dense", "norm2": p + "output.LayerNorm"}


def distil_names(i):
    p = f"transformer.layer.{i}."
    return {"qkv": [p + "attention." + s for s in ("q_lin", "k_lin", "v_lin")],
            "out": p + "attention.out_lin", "norm1": p + "sa_layer_norm",
            "wide": p + "ffn.lin1", "narrow": p + "ffn.lin2", "norm2": p + "output_layer_norm"}


def draw(shapes, kind):
    """Larger than what is usual, so that every part matters to the result."""
    weights = {}
    for name, shape in shapes.items():
        value = torch.randn(shape) * (0.5 if "embeddings.word" in name else 0.3)
        if name.lower().endswith("norm.weight"):
            value = 1 + value
        weights[name] = value.to(TYPES[kind]).double()
    return weights


def shapes(vocabulary, n, layers, wide, positions, segments, names, pooler):
    found = {"embeddings.word_embeddings.weight": (vocabulary, n),
             "embeddings.position_embeddings.weight": (positions, n)}
    if segments:
        found["embeddings.token_type_embeddings.weight"] = (segments, n)
    norms, linear = ["embeddings.LayerNorm"], []
    for i in range(layers):
        m = names(i)
        norms += [m["norm1"], m["norm2"]]
        linear += [(p, n, n) for p in m["qkv"] + [m["out"]]] + [(m["wide"], wide, n), (m["narrow"], n, wide)]
    if pooler:
        linear.append(("pooler.dense", n, n))
    for name in norms:
        found[name + ".weight"] = found[name + ".bias"] = (n,)
    for name, out, into in linear:
        found[name + ".weight"], found[name + ".bias"] = (out, into), (out,)
    return found


def safetensors(path, tensors, kind):
    header, data = {"__metadata__": {"format": "pt"}}, b""
    for name, value in sorted(tensors.items()):
        value = value.to(TYPES[kind]).contiguous()
        raw = value.view(torch.int16).numpy().tobytes() if kind == "BF16" else value.numpy().tobytes()
        header[name] = {"dtype": kind, "shape": list(value.shape), "data_offsets": [len(data), len(data) + len(raw)]}
        data += raw
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    with open(path, "wb") as out:
        out.write(struct.pack("<Q", len(text)) + text + data)


def expect(net, w, ids, mask, positions, segments):
    leaves = {k: v.clone().requires_grad_(True) for k, v in w.items()}
    ids, mask = torch.tensor(ids), torch.tensor(mask)
    x = leaves["embeddings.word_embeddings.weight"][ids]
    x = x + leaves["embeddings.position_embeddings.weight"][positions]
    if segments is not None:
        x = x + leaves["embeddings.token_type_embeddings.weight"][torch.tensor(segments)]
    x = norm(x, leaves, "embeddings.LayerNorm", net["eps"])
    for i in range(net["layers"]):
        act = ACTIVATIONS[net["act"]]
        y = block(x, mask, leaves, net["names"](i), net["heads"], act, net["eps"])
        z = witness(x, mask, w, net["names"](i), net["heads"], act, net["eps"], net["wide"])
        assert ((y - z) * mask[..., None]).abs().max() < 1e-12, "the two witnesses differ"
        x = y
    real = mask[..., None].double()
    steps = x * real
    result = {"ids": ids.tolist(), "mask": mask.tolist(), "steps": steps.tolist(),
              "mean": (steps.sum(1) / real.sum(1)).tolist(),
              "max": x.masked_fill(real == 0, -1e30).max(1).values.tolist()}
    if net["pooler"]:
        result["pooled"] = torch.tanh(dense(x[:, 0], leaves, "pooler.dense")).tolist()
    direction = torch.cos(torch.arange(steps.numel())).view(steps.shape)
    (steps * direction).sum().backward()
    wanted = [net["names"](0)["qkv"][0] + ".weight", "embeddings.LayerNorm.weight"]
    if segments is not None:
        wanted.append("embeddings.token_type_embeddings.weight")
    result["gradients"] = {name: leaves[name].grad.tolist() for name in wanted}
    return result


def save(folder, config, expected, files):
    os.makedirs(folder, exist_ok=True)
    for name, value in {"config.json": config, "expected.json": expected, **files}.items():
        with open(os.path.join(folder, name), "w") as out:
            json.dump(value, out)
            out.write("\n")


WORDS = "the a book flight flights table from to in for two boston paris tomorrow play some jazz want i".split()
VOCABULARY = (["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"] + [chr(c) for c in range(97, 123)]
              + ["##" + chr(c) for c in range(97, 123)] + WORDS + "##ing ##s ##ed ##er re un , . ? ! ' -".split())
VOCABULARY += [f"[unused{i}]" for i in range(100 - len(VOCABULARY))]


def word_pieces(text):
    """Greedy longest match first, of words in lower case and punctuation."""
    words = []
    for part in text.lower().split():
        word = ""
        for c in part:
            if c.isalnum():
                word += c
            else:
                words += [word, c]
                word = ""
        words.append(word)
    pieces = []
    for word in filter(None, words):
        found, start = [], 0
        while start < len(word):
            end = next((e for e in range(len(word), start, -1)
                        if ("##" if start else "") + word[start:e] in VOCABULARY), None)
            if end is None:
                found = ["[UNK]"]
                break
            found.append(("##" if start else "") + word[start:end])
            start = end
        pieces += found
    return ["[CLS]"] + pieces + ["[SEP]"]


def tokenizer():
    special = [{"id": i, "content": VOCABULARY[i], "single_word": False, "lstrip": False, "rstrip": False,
                "normalized": False, "special": True} for i in range(5)]
    one, two = ({"SpecialToken": {"id": s, "type_id": 0}} for s in ("[CLS]", "[SEP]"))
    first, second = ({"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}})
    return {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": special,
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True,
                       "strip_accents": None, "lowercase": True},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {
            "type": "TemplateProcessing", "single": [one, first, two],
            "pair": [one, first, two, second, {"SpecialToken": {"id": "[SEP]", "type_id": 1}}],
            "special_tokens": {t: {"id": t, "ids": [VOCABULARY.index(t)], "tokens": [t]} for t in ("[CLS]", "[SEP]")}},
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                  "max_input_chars_per_word": 100, "vocab": {w: i for i, w in enumerate(VOCABULARY)}}}


def bert(folder):
    net = {"layers": 2, "heads": 4, "wide": 48, "act": "gelu", "eps": 1e-12, "names": bert_names, "pooler": True}
    w = draw(shapes(100, 32, 2, 48, 24, 2, bert_names, True), "F32")
    texts = ["Book flights from Boston to Paris, tomorrow!", "play", "I want some jazz", "rebooking it: \u00e9t\u00e9 \u4e2d 7"]
    ids = [[VOCABULARY.index(p) for p in word_pieces(t)] for t in texts[:3]]
    ids[2] += ids[1][1:]  # a pair: [CLS] first [SEP] second [SEP]
    segments = [[0] * len(row) for row in ids]
    segments[2][-2:] = [1, 1]
    longest = max(map(len, ids))
    mask = [[1] * len(row) + [0] * (longest - len(row)) for row in ids]
    ids, segments = ([row + [0] * (longest - len(row)) for row in rows] for rows in (ids, segments))
    expected = expect(net, w, ids, mask, torch.arange(longest)[None, :].expand(len(ids), -1), segments)
    expected["texts"] = [{"text": t, "pieces": word_pieces(t)} for t in texts]
    config = {"model_type": "bert", "architectures": ["BertModel"], "vocab_size": 100, "hidden_size": 32,
              "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 48, "hidden_act": "gelu",
              "max_position_embeddings": 24, "type_vocab_size": 2, "layer_norm_eps": 1e-12,
              "hidden_dropout_prob": 0.1, "attention_probs_dropout_prob": 0.2, "pad_token_id": 0}
    save(folder, config, expected, {"tokenizer.json": tokenizer()})
    # As in files that came from TensorFlow and were saved with a head.
    named = {"bert." + k.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"): v
             for k, v in w.items()}
    named["cls.predictions.bias"] = torch.zeros(100)
    safetensors(os.path.join(folder, "model.safetensors"), named, "F32")


def roberta(folder):
    """Positions begin behind the id of padding, one segment, and the weights in two files."""
    net = {"layers": 3, "heads": 2, "wide": 24, "act": "gelu_new", "eps": 1e-5, "names": bert_names, "pooler": False}
    w = draw(shapes(40, 16, 3, 24, 12, 1, bert_names, False), "BF16")
    ids = [[0, 7, 12, 33, 5, 2], [0, 9, 2, 1, 1, 1], [1, 1, 0, 38, 4, 2]]
    real = torch.tensor(ids) != 1
    positions = torch.cumsum(real, 1) * real + 1
    expected = expect(net, w, ids, real.int().tolist(), positions, [[0] * 6] * 3)
    config = {"model_type": "roberta", "vocab_size": 40, "hidden_size": 16, "num_hidden_layers": 3,
              "num_attention_heads": 2, "intermediate_size": 24, "hidden_act": "gelu_new",
              "max_position_embeddings": 12, "type_vocab_size": 1, "layer_norm_eps": 1e-5,
              "hidden_dropout_prob": 0.0, "attention_probs_dropout_prob": 0.0, "pad_token_id": 1}
    parts = [{}, {}]
    for i, (name, value) in enumerate(w.items()):
        parts[i % 2][name] = value
    files = [f"model-{i + 1:05}-of-00002.safetensors" for i in range(2)]
    index = {"metadata": {}, "weight_map": {name: files[i] for i in range(2) for name in parts[i]}}
    save(folder, config, expected, {"model.safetensors.index.json": index})
    for file, part in zip(files, parts):
        safetensors(os.path.join(folder, file), part, "BF16")


def distilbert(folder):
    net = {"layers": 2, "heads": 4, "wide": 20, "act": "gelu", "eps": 1e-12, "names": distil_names, "pooler": False}
    w = draw(shapes(30, 12, 2, 20, 8, 0, distil_names, False), "F16")
    ids, mask = [[2, 7, 12, 3], [2, 9, 3, 0]], [[1, 1, 1, 1], [1, 1, 1, 0]]
    expected = expect(net, w, ids, mask, torch.arange(4)[None, :].expand(2, -1), None)
    config = {"model_type": "distilbert", "vocab_size": 30, "dim": 12, "n_layers": 2, "n_heads": 4, "hidden_dim": 20,
              "activation": "gelu", "max_position_embeddings": 8, "dropout": 0.1, "attention_dropout": 0.1}
    save(folder, config, expected, {})
    safetensors(os.path.join(folder, "model.safetensors"), {"distilbert." + k: v for k, v in w.items()}, "F16")


if __name__ == "__main__":
    for make in (bert, roberta, distilbert):
        make(os.path.join(sys.argv[1], make.__name__))
