package io.releve.persistence.segments;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.contracts.disk.SimulatedDisk;
import io.releve.log.History;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ContentsTest {
    private static final Path FOLDER = Fixture.FOLDER;

    private static Contents contents(Fixture fixture) throws IOException {
        return new Contents(fixture.disk, FOLDER);
    }

    private static String refused(Fixture fixture) {
        return assertThrows(IOException.class, () -> {
            try (Frames frames = new Frames(fixture.disk, contents(fixture))) {
                while (frames.next()) {
                    // only checked
                }
            }
        }).getMessage();
    }

    private static int frames(Fixture fixture) throws IOException {
        int count = 0;
        try (Frames frames = new Frames(fixture.disk, contents(fixture))) {
            while (frames.next()) {
                count++;
            }
        }
        return count;
    }

    private static Fixture three() throws IOException {
        return new Fixture().base(1, 0).segment(1, 0, true).command("SELECT", "0").command("SET", "a", "1")
                .segment(2, 50, false).command("SET", "b", "2").segment(3, 77, false).command("SET", "c", "3").end();
    }

    @Test
    void nothing() throws IOException {
        Contents contents = new Contents(new SimulatedDisk(), FOLDER);
        assertNull(contents.base());
        assertNull(contents.history());
        assertEquals(0, contents.fingerprint());
        assertEquals(0, contents.lastSequence());
    }

    @Test
    void aGoodEnd() throws IOException {
        Fixture fixture = three();
        Contents contents = contents(fixture);
        assertEquals(new History(Fixture.ID, fixture.position(), true), contents.history());
        assertEquals(3, contents.segments().size());
        assertNotEquals(0, contents.fingerprint());
        assertEquals(contents.fingerprint(), contents(fixture).fingerprint());
        assertEquals(5, frames(fixture));
    }

    @Test
    void withoutAGoodEndNothingIsCertain() throws IOException {
        Fixture fixture = new Fixture().base(1, 0).segment(1, 0, true).command("PING");
        assertNull(contents(fixture).history());
        assertEquals(0, contents(fixture).fingerprint());
    }

    @Test
    void segmentsWithoutABaseOfTheirOwnContinue() throws IOException {
        Fixture fixture = new Fixture().base(1, 0).segment(1, 0, true).command("PING").segment(4, 20, false)
                .command("PING");
        assertEquals(2, frames(fixture));
    }

    @Test
    void theNewestBaseCounts() throws IOException {
        Fixture fixture = three();
        Path before = new SegmentName(2, 50, false).in(FOLDER);
        fixture.base(3, 77);
        Contents contents = contents(fixture);
        assertEquals(new SegmentName(3, 77, true), contents.base());
        assertEquals(1, contents.segments().size());
        assertTrue(contents.superfluous().contains(before));
        assertEquals(3, contents.superfluous().size());
    }

    @Test
    void whatWasBegunAnewWithoutABaseStandsForNothing() throws IOException {
        Fixture fixture = three();
        fixture.segment(4, 5, true).command("SET", "z", "9").segment(5, 40, false).command("PING");
        fixture.disk.put(FOLDER.resolve("temp-77-0.5.base"), new byte[3]);
        Contents contents = contents(fixture);
        assertEquals(3, contents.segments().size());
        assertEquals(5, contents.lastSequence());
        assertTrue(contents.history().clean());
        assertEquals(List.of("4.5.seg", "5.40.seg", "temp-77-0.5.base"), contents.superfluous().stream()
                .map(p -> p.getFileName().toString()).sorted().collect(Collectors.toList()));
        Fixture only = new Fixture().segment(1, 0, true).command("PING");
        assertNull(contents(only).base());
    }

    @Test
    void aHeadThatWasNotForced() throws IOException {
        Fixture fixture = three();
        fixture.disk.put(new SegmentName(4, 104, false).in(FOLDER), new byte[60]);
        assertEquals(5, frames(fixture));
        assertEquals(1, contents(fixture).superfluous().size());
    }

    @Test
    void whatIsMissingIsSaid() throws IOException {
        Fixture fixture = three();
        fixture.disk.delete(new SegmentName(2, 50, false).in(FOLDER));
        assertTrue(refused(fixture).contains("3.77.seg"), refused(fixture));
        assertTrue(refused(fixture).contains("missing"));
        Fixture noBase = new Fixture().segment(2, 5, false).command("PING");
        assertTrue(refused(noBase).contains("no base"), refused(noBase));
        Fixture noSegment = new Fixture().base(2, 5);
        assertTrue(refused(noSegment).contains("put 2.5.seg back"), refused(noSegment));
    }

    @Test
    void damageIsLocated() throws IOException {
        Path second = new SegmentName(2, 50, false).in(FOLDER);
        String head = refused(three().flip(second, 20));
        assertTrue(head.contains("2.50.seg at byte 0 ") && head.contains("position 50"), head);
        String frame = refused(three().flip(second, SegmentHeader.LENGTH + 60));
        assertTrue(frame.contains("2.50.seg at byte 80 ") && frame.contains("position 50"), frame);
        Path last = new SegmentName(3, 77, false).in(FOLDER);
        String beforeEnd = refused(three().flip(last, SegmentHeader.LENGTH + 10));
        assertTrue(beforeEnd.contains("3.77.seg at byte 80 ") && beforeEnd.contains("Put an intact copy"), beforeEnd);
    }

    @Test
    void aTornEndIsNoDamage() throws IOException {
        Fixture fixture = new Fixture().base(1, 0).segment(1, 0, true).command("PING").command("PING");
        Path path = new SegmentName(1, 0, false).in(FOLDER);
        int size = fixture.disk.content(path).length;
        fixture.flip(path, size - 1);
        assertEquals(1, frames(fixture));
        assertTrue(refused(fixture.flip(path, size - 1).flip(path, SegmentHeader.LENGTH + 45)).contains("byte 80"));
    }

    /** What a client has stored looks like a frame that was written later. */
    @Test
    void valuesCannotPassForFrames() throws IOException {
        byte[] head = new byte[Frame.LENGTH];
        Frame.write(head, Frame.DATA, 50, 60, 1 << 20, 0, 0, 0, new byte[0], 0);
        String forged = new String(head, java.nio.charset.StandardCharsets.ISO_8859_1);
        Fixture fixture = new Fixture().base(1, 0).segment(1, 0, true).command("PING").command("SET", "x", forged);
        Path path = new SegmentName(1, 0, false).in(FOLDER);
        fixture.flip(path, fixture.disk.content(path).length - 1);
        assertEquals(1, frames(fixture));
    }

    @Test
    void aFileOfAnotherNameIsNotTaken() throws IOException {
        Fixture fixture = three();
        byte[] last = fixture.disk.content(new SegmentName(3, 77, false).in(FOLDER));
        fixture.disk.delete(new SegmentName(3, 77, false).in(FOLDER));
        fixture.disk.put(new SegmentName(3, 78, false).in(FOLDER), last);
        assertTrue(refused(fixture).contains("wrong name"), refused(fixture));
    }

    @Test
    void namesAreInOrder() {
        List<SegmentName> names = new ArrayList<>(List.of(new SegmentName(10, 3, false), new SegmentName(9, 70, false),
                new SegmentName(10, 3, true)));
        names.sort(null);
        assertEquals("[9.70.seg, 10.3.base, 10.3.seg]", names.toString());
        assertNull(SegmentName.parse(Path.of("x.3.seg")));
        assertNull(SegmentName.parse(Path.of("temp-1.3.base")));
        assertFalse(SegmentName.parse(Path.of("1.3.seg")).base());
    }
}
