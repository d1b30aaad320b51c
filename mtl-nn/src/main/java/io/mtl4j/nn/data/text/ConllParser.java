package io.mtl4j.nn.data.text;

import io.mtl4j.nn.data.DataFileException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Puts sentences together from lines. */
final class ConllParser {

    private static final Pattern PROPERTY = Pattern.compile("#\\s*(\\S+)\\s*=\\s*(.*?)\\s*");

    private final String file;
    private final List<String> names;
    private final List<Sentence> sentences = new ArrayList<>();
    private List<String> tokens = new ArrayList<>();
    private List<List<String>> tags;
    private Map<String, String> properties = new HashMap<>();
    private long lines;

    ConllParser(String file, List<String> names) {
        this.file = file;
        this.names = names;
        this.tags = emptyTags();
    }

    long lines() {
        return lines;
    }

    void line(String line) {
        lines++;
        if (line.indexOf('\t') >= 0) {
            word(line);
        } else if (line.isBlank()) {
            finish();
        } else if (line.startsWith("#")) {
            property(line);
        } else {
            throw fault("no tabulator; a line is a word, a tabulator and its tags, or blank, or begins with #");
        }
    }

    List<Sentence> end() {
        finish();
        return List.copyOf(sentences);
    }

    private void word(String line) {
        String[] cells = line.split("\t", -1);
        if (cells.length != names.size() + 1) {
            throw fault(
                    cells.length + " columns; there must be " + (names.size() + 1) + ": the word and tags " + names);
        }
        for (String cell : cells) {
            if (cell.isBlank()) {
                throw fault("an empty column; give each word its tags, such as O for no entity");
            }
        }
        tokens.add(cells[0].strip());
        for (int i = 0; i < tags.size(); i++) {
            tags.get(i).add(cells[i + 1].strip());
        }
    }

    private void property(String line) {
        Matcher matcher = PROPERTY.matcher(line);
        if (!matcher.matches()) {
            return;
        }
        if (!tokens.isEmpty()) {
            throw fault("a property in the middle of a sentence; put it before the first word, after a blank line");
        }
        if (properties.put(matcher.group(1), matcher.group(2)) != null) {
            throw fault("property \"" + matcher.group(1) + "\" is there twice; give it once for each sentence");
        }
    }

    private void finish() {
        if (tokens.isEmpty()) {
            return;
        }
        Map<String, List<String>> named = new HashMap<>();
        for (int i = 0; i < tags.size(); i++) {
            named.put(names.get(i), tags.get(i));
        }
        sentences.add(new Sentence(tokens, named, properties));
        tokens = new ArrayList<>();
        tags = emptyTags();
        properties = new HashMap<>();
    }

    private List<List<String>> emptyTags() {
        List<List<String>> empty = new ArrayList<>();
        names.forEach(name -> empty.add(new ArrayList<>()));
        return empty;
    }

    private DataFileException fault(String problem) {
        return DataFileException.atLine(file, lines, problem);
    }
}
