package io.mtl4j.nn.transfer;

import io.mtl4j.nn.layer.Parameter;
import io.mtl4j.nn.model.MultiTaskModel;
import io.mtl4j.nn.transfer.TransferReport.Outcome;
import io.mtl4j.nn.transfer.TransferReport.Row;
import io.mtl4j.task.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Which array of one model goes to which of another, worked out before any number moves. */
final class TransferPlan {

    private static final int SHOWN = 3;

    private final Transfer transfer;
    private final MultiTaskModel target;
    private final List<Piece> pieces;
    private final Map<String, Piece> source = new LinkedHashMap<>();
    private final Map<String, List<Piece>> sourceByPlace;
    private final Map<String, String> places;
    private final List<Pair> pairs = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    /** An array of the source, and the one of the model that it goes to. */
    record Pair(Piece from, Piece to) {}

    TransferPlan(Transfer transfer, MultiTaskModel target) {
        this.transfer = transfer;
        this.target = target;
        this.pieces = Piece.of(target);
        Piece.of(transfer.source()).forEach(piece -> source.put(piece.label(), piece));
        this.places = EncoderPlaces.of(target.architecture());
        Map<String, String> there = EncoderPlaces.of(transfer.source().architecture());
        this.sourceByPlace = source.values().stream()
                .filter(piece -> there.containsKey(piece.name()))
                .collect(Collectors.groupingBy(piece -> Piece.label(there.get(piece.name()), piece.input())));
        Set<String> layers = layers(p -> true);
        Set<String> wanted = layers(transfer::wants);
        for (Piece piece : pieces) {
            boolean goes = wanted.contains(piece.scope()) || !layers.contains(piece.scope());
            boolean chosen = piece.parameter().map(transfer::wants).orElse(goes && transfer.wants(piece.name()));
            plan(piece, chosen);
        }
        Set<String> used = pairs.stream().map(pair -> pair.from.label()).collect(Collectors.toCollection(HashSet::new));
        source.values().stream()
                .filter(piece -> !used.contains(piece.label()))
                .forEach(piece -> rows.add(row(Outcome.UNUSED, piece, "")));
    }

    /** The scopes of layers with such a parameter: buffers go with the parameters of their layer. */
    private Set<String> layers(Predicate<Parameter> such) {
        return pieces.stream()
                .filter(piece -> piece.parameter().filter(such).isPresent())
                .map(Piece::scope)
                .collect(Collectors.toSet());
    }

    private void plan(Piece to, boolean chosen) {
        if (!chosen) {
            rows.add(row(Outcome.FRESH, to, "left out"));
            return;
        }
        String name = nameThere(to);
        Optional<String> input = to.input().map(transfer::inputThere);
        List<Piece> found = Optional.ofNullable(source.get(Piece.label(name, input)))
                .map(List::of)
                .orElseGet(() -> atPlace(to, input));
        Optional<String> reason = found.size() == 1 ? misfit(found.get(0), to) : Optional.of(missing(found, to, name));
        if (reason.isPresent()) {
            rows.add(row(Outcome.FRESH, to, reason.get()));
        } else {
            Piece from = found.get(0);
            pairs.add(new Pair(from, to));
            rows.add(row(Outcome.COPIED, to, from.label().equals(to.label()) ? "" : "from " + from.label()));
        }
    }

    /** The name in the source: that of a stem has its input's. */
    private String nameThere(Piece to) {
        return target.inputs().stream()
                .filter(input -> to.name().startsWith(Piece.stem(input.name())))
                .max(Comparator.comparingInt(input -> input.name().length()))
                .map(input -> Piece.stem(transfer.inputThere(input.name()))
                        + to.name().substring(Piece.stem(input.name()).length()))
                .orElse(to.name());
    }

    private List<Piece> atPlace(Piece to, Optional<String> input) {
        String place = places.get(to.name());
        return place == null ? List.of() : sourceByPlace.getOrDefault(Piece.label(place, input), List.of());
    }

    private String missing(List<Piece> found, Piece to, String name) {
        if (!found.isEmpty()) {
            return "the source has " + found.size() + " copies: "
                    + found.stream().limit(2).map(Piece::label).collect(Collectors.joining(", "))
                    + (found.size() > 2 ? ", ..." : "");
        }
        boolean otherInput = to.input().isPresent()
                && source.values().stream().anyMatch(p -> p.name().equals(name));
        return otherInput ? "the source has no such input; say which with input(...)" : "not in the source";
    }

    /** Why two arrays do not go together. */
    private Optional<String> misfit(Piece from, Piece to) {
        if (!Arrays.equals(from.array().shape(), to.array().shape())) {
            return Optional.of("the source has " + shape(from));
        }
        Optional<Task> here = to.headIn(target);
        Optional<Task> there = from.headIn(transfer.source());
        if (!here.map(Task::kind).equals(there.map(Task::kind))) {
            return Optional.of(
                    "the source's task is " + there.map(t -> t.kind().name()).orElse("another") + ", this one "
                            + here.map(t -> t.kind().name()).orElse("another"));
        }
        return Optional.empty();
    }

    private static List<Long> shape(Piece piece) {
        return Arrays.stream(piece.array().shape()).boxed().toList();
    }

    private static Row row(Outcome outcome, Piece piece, String note) {
        return new Row(outcome, piece.label(), shape(piece), note);
    }

    List<Pair> pairs() {
        return pairs;
    }

    TransferReport report() {
        return new TransferReport(rows);
    }

    /** @throws IllegalArgumentException if nothing fits, or something of the encoder must and does not */
    TransferPlan check(boolean wholeEncoder) {
        List<Row> fresh =
                rows.stream().filter(row -> row.outcome() == Outcome.FRESH).toList();
        if (pairs.isEmpty()) {
            throw new IllegalArgumentException("transfer: none of the model's " + pieces.size()
                    + " arrays has its like among the " + source.size() + " of the source: " + shown(fresh)
                    + "; build the model with the source's encoder and inputs");
        }
        Set<String> copied = pairs.stream().map(pair -> pair.to.label()).collect(Collectors.toSet());
        Set<String> lacking = pieces.stream()
                .filter(piece -> places.containsKey(piece.name()) && !copied.contains(piece.label()))
                .map(Piece::label)
                .collect(Collectors.toSet());
        if (wholeEncoder && !lacking.isEmpty()) {
            throw new IllegalArgumentException("transfer: the source does not have the whole encoder: "
                    + shown(fresh.stream()
                            .filter(row -> lacking.contains(row.name()))
                            .toList())
                    + "; build the model with the source's encoder and inputs, or leave wholeEncoder() out");
        }
        return this;
    }

    private static String shown(List<Row> rows) {
        return rows.stream()
                        .limit(SHOWN)
                        .map(row -> row.name() + " " + row.shape() + " (" + row.note() + ")")
                        .collect(Collectors.joining(", "))
                + (rows.size() > SHOWN ? " and " + (rows.size() - SHOWN) + " more" : "");
    }

    void copy() {
        pairs.forEach(pair -> pair.to.array().assign(pair.from.array()));
    }
}
