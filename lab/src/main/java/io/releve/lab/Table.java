package io.releve.lab;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Rows of cells as text, in Markdown or in columns. */
final class Table {
    private final List<List<String>> rows = new ArrayList<>();

    Table(List<String> headings) {
        rows.add(headings);
    }

    void add(List<String> cells) {
        rows.add(cells);
    }

    String markdown() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            text.append("| ").append(String.join(" | ", rows.get(i))).append(" |\n");
            if (i == 0) {
                text.append('|').append(String.join("", Collections.nCopies(rows.get(0).size(), "---|"))).append('\n');
            }
        }
        return text.toString();
    }

    String columns() {
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int at = column;
                int width = rows.stream().mapToInt(each -> each.get(at).length()).max().orElse(0);
                line.append(row.get(column)).append(" ".repeat(width - row.get(column).length() + 2));
            }
            text.append(line.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
