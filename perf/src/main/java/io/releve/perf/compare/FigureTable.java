package io.releve.perf.compare;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Figures of both servers by name: the medians of the rounds, and their ratio. */
final class FigureTable {
    private final Map<String, Map<Product, List<Double>>> figures = new LinkedHashMap<>();

    void note(String name, Product product, double value) {
        figures.computeIfAbsent(name, any -> new EnumMap<>(Product.class))
                .computeIfAbsent(product, any -> new ArrayList<>()).add(value);
    }

    /** A Markdown table. */
    String markdown() {
        StringBuilder text = new StringBuilder("| | Relève | Redis | Relève / Redis |\n|---|---|---|---|\n");
        figures.forEach((name, values) -> {
            Spread releve = Spread.of(values.getOrDefault(Product.RELEVE, List.of(Double.NaN)));
            Spread redis = Spread.of(values.getOrDefault(Product.REDIS, List.of(Double.NaN)));
            text.append(String.format(Locale.ROOT, "| %s | %s | %s | %.2f |%n", name, show(releve), show(redis),
                    releve.median() / redis.median()));
        });
        return text.toString();
    }

    private static String show(Spread spread) {
        String digits = spread.median() >= 100 ? "%,.0f" : "%.2f";
        return String.format(Locale.ROOT, spread.min() == spread.max() ? digits
                : digits + " (" + digits + ".." + digits + ")", spread.median(), spread.min(), spread.max());
    }
}
