package io.releve.bytes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
    @ParameterizedTest
    @CsvSource({"*,abc,true", "a*c,abc,true", "a*c,abd,false", "a?c,abc,true", "a?c,ac,false", "h[ae]llo,hello,true",
        "h[^e]llo,hello,false", "h[^e]llo,hallo,true", "h[a-c]llo,hbllo,true", "h[c-a]llo,hbllo,true",
        "a\\*c,a*c,true", "a\\*c,abc,false", "*a*b*,xxaxxbxx,true", "'',a,false", "'','',true", "[a,a,true",
        "key:*,key:,true", "key:*,key:1,true", "key:*,ke,false", "key:*,kex:1,false", "*,'',true", "a\\*,abc,false", "a\\*,a*,true", "é*,éa,true",
        "[]abc,a,false", "abc,ABC,false", "*.*.*,1.2.3,true", "x[\\]]y,x]y,true"})
    void matches(String pattern, String text, boolean expected) {
        assertEquals(expected, new Glob(Bytes.of(pattern)).matches(Bytes.of(text)));
    }

    @Test
    void ignoresCaseOnDemand() {
        assertEquals(true, new Glob(Bytes.of("MAX[a-m]*"), true).matches(Bytes.of("maxMemory")));
    }

    @Test
    void manyStarsTakeNoTime() {
        Glob glob = new Glob(Bytes.of("a*".repeat(200) + "b"));
        assertTimeoutPreemptively(Duration.ofSeconds(5),
                () -> assertFalse(glob.matches(Bytes.of("a".repeat(5000)))));
    }
}
