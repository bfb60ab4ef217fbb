package io.releve.perf.compare;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xml.sax.InputSource;

class ReportTest {
    @Test
    void ratiosAreTakenWithinARound() {
        Throughput.Result result = new Throughput.Result(new Workload("SET", List.of("SET"), 16, 1, List.of()),
                List.of(new Run(1, 300), new Run(10, 30), new Run(3, 100)),
                List.of(new Run(2, 200), new Run(20, 20), new Run(1, 400)));
        assertEquals(new Spread(0.5, 0.5, 3), result.cpuRatio());
        assertEquals(new Spread(1.5, 0.25, 1.5), result.rateRatio());
        assertEquals(3, result.cpu(Product.RELEVE));
        assertEquals(200, result.rate(Product.REDIS));
    }

    @Test
    void medianOfAnEvenNumber() {
        assertEquals(new Spread(2.5, 1, 9), Spread.of(List.of(9.0, 2.0, 1.0, 3.0)));
    }

    @Test
    void theServersSwapTheirOrderEachRound() {
        assertEquals(Product.order(0).get(0), Product.order(1).get(1));
        assertEquals(Product.order(0), Product.order(2));
    }

    @Test
    void chartIsWellFormed() throws Exception {
        BarChart chart = new BarChart();
        chart.panel("CPU", "#123456");
        chart.bar("SET", new Spread(0.5, 0.4, 0.7));
        chart.bar("MSET, 10 keys", new Spread(1.2, 1.1, 1.9));
        org.w3c.dom.Document svg = DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(new InputSource(new StringReader(chart.svg())));
        double first = width(svg, 1);
        double second = width(svg, 2);
        assertEquals(1.2 / 0.5, second / first, 0.01);
    }

    private static double width(org.w3c.dom.Document svg, int rectangle) {
        return Double.parseDouble(svg.getElementsByTagName("rect").item(rectangle).getAttributes()
                .getNamedItem("width").getNodeValue());
    }

    @Test
    void aSectionIsReplacedAndTheRestOfThePageKept(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("docs/page.md");
        Document page = new Document(file);
        page.replace("a", "first A");
        page.replace("b", "first B");
        Files.writeString(file, Files.readString(file) + "\nby hand\n");
        page.replace("a", "second A");
        String text = Files.readString(file);
        assertTrue(text.contains("second A") && text.contains("first B") && text.endsWith("by hand\n"), text);
        assertTrue(!text.contains("first A") && text.indexOf("second A") < text.indexOf("first B"), text);
    }

    @Test
    void ownFiguresOfThisProcess(@TempDir Path folder) throws IOException {
        ProcessFigures self = new ProcessFigures(ProcessHandle.current().pid());
        double before = self.cpuMicros();
        long end = System.nanoTime() + 300_000_000;
        while (System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        double used = self.cpuMicros() - before;
        assertTrue(used > 100_000 && used < 5_000_000, "cpu: " + used);
        Resident resident = self.resident(folder);
        assertTrue(resident.total() > 10 << 20 && resident.total() <= resident.rss() * 1.2, resident.toString());
        assertEquals(0, resident.data());
    }

    @Test
    void optionsAreChecked() {
        assertEquals(3, Options.parse("--rounds", "3").rounds());
        assertTrue(Options.parse("--quick").quick());
        assertThrows(IllegalArgumentException.class, () -> Options.parse("--rounds"));
        assertThrows(IllegalArgumentException.class, () -> Options.parse("--help"));
    }
}
