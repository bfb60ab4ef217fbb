package io.releve.perf.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Horizontal bars of ratios to Redis as an SVG image, with whiskers from the smallest to the largest round. */
final class BarChart {
    private static final int WIDTH = 760;
    private static final int LEFT = 190;
    private static final int RIGHT = 60;
    private static final int ROW = 22;
    private static final int BAR = 14;
    private static final int TITLE = 34;
    private static final double TICK = 0.5;

    private final List<Panel> panels = new ArrayList<>();

    /**
     * Begins another group of bars.
     *
     * @param colour of its bars, as SVG writes colours
     */
    void panel(String title, String colour) {
        panels.add(new Panel(title, colour, new ArrayList<>()));
    }

    /** Adds a bar to the last panel. */
    void bar(String label, Spread ratio) {
        panels.get(panels.size() - 1).bars.add(new Bar(label, ratio));
    }

    String svg() {
        double largest = panels.stream().flatMap(panel -> panel.bars.stream()).mapToDouble(bar -> bar.ratio.max())
                .max().orElse(1);
        double scale = (WIDTH - LEFT - RIGHT) / (Math.ceil(largest / TICK) * TICK);
        int height = panels.stream().mapToInt(panel -> TITLE + panel.bars.size() * ROW).sum() + TITLE;
        StringBuilder svg = new StringBuilder(String.format(Locale.ROOT, """
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="white"/>
                """, WIDTH, height));
        int top = 0;
        for (Panel panel : panels) {
            panel(svg, panel, top, scale);
            top += TITLE + panel.bars.size() * ROW;
        }
        for (double at = 0; at <= largest + TICK; at += TICK) {
            if (LEFT + at * scale <= WIDTH - RIGHT + 1) {
                text(svg, LEFT + at * scale, top + 14, "middle", String.format(Locale.ROOT, "%.1f", at));
            }
        }
        line(svg, LEFT + scale, TITLE - 6, LEFT + scale, top, "#444");
        return svg.append("</svg>\n").toString();
    }

    private static void panel(StringBuilder svg, Panel panel, int top, double scale) {
        svg.append(String.format(Locale.ROOT, "<text x=\"8\" y=\"%d\" font-weight=\"bold\">%s</text>%n", top + 20,
                panel.title));
        int y = top + TITLE;
        for (Bar bar : panel.bars) {
            text(svg, LEFT - 8, y + BAR - 3, "end", bar.label);
            svg.append(String.format(Locale.ROOT,
                    "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n", LEFT, y,
                    bar.ratio.median() * scale, BAR, panel.colour));
            double middle = y + BAR / 2.0;
            line(svg, LEFT + bar.ratio.min() * scale, middle, LEFT + bar.ratio.max() * scale, middle, "#222");
            text(svg, LEFT + bar.ratio.max() * scale + 6, y + BAR - 3, "start",
                    String.format(Locale.ROOT, "%.2f", bar.ratio.median()));
            y += ROW;
        }
    }

    private static void text(StringBuilder svg, double x, double y, String anchor, String text) {
        svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n", x, y,
                anchor, text));
    }

    private static void line(StringBuilder svg, double x1, double y1, double x2, double y2, String colour) {
        svg.append(String.format(Locale.ROOT, "<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\"/>%n",
                x1, y1, x2, y2, colour));
    }

    private record Bar(String label, Spread ratio) {
    }

    private record Panel(String title, String colour, List<Bar> bars) {
    }
}
