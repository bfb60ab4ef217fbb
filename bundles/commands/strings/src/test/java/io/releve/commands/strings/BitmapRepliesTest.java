package io.releve.commands.strings;

import io.releve.contracts.Comparison;
import io.releve.contracts.Oracle;
import io.releve.engine.core.OpenEngine;
import io.releve.engine.core.TestEngine;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands on bits and on HyperLogLogs, and a real server. */
class BitmapRepliesTest {
    private Oracle oracle;
    private TestEngine engine;
    private Comparison comparison;

    @BeforeEach
    void start() throws IOException {
        oracle = Oracle.start();
        engine = new TestEngine(OpenEngine.systemClock(), new StringCommands());
        comparison = new Comparison(engine.client, oracle);
    }

    @AfterEach
    void stop() throws IOException {
        if (engine != null) {
            engine.close();
            oracle.close();
        }
    }

    @Test
    void edgesOfBits() {
        comparison.script("""
                setbit k 0 1
                setbit k 7 1
                setbit k 0 1
                setbit k 4294967295 x
                setbit k 4294967296 1
                setbit k -1 1
                setbit k abc 1
                setbit k 1 2
                setbit k 1 -1
                setbit k 1
                getbit k 0
                getbit k 1
                getbit k 100
                getbit k 4294967295
                getbit k -1
                getbit nosuch 5
                get k
                setbit k 33 1
                get k
                set n 12345
                setbit n 2 0
                get n
                bitpos n 0 -3 -100
                bitpos n 0 -30 -100
                bitpos n 0 -100 -30
                bitpos n 1 -100 -300 bit
                bitpos n 0 -1 -3
                bitcount n -30 -100
                bitcount n -100 -30
                bitpos n 0 x 1 foo
                bitpos n 0 0 x foo
                bitpos n 0 0 x bit
                bitcount n x 1 foo
                bitcount n 0 x foo
                bitcount n 0 1 foo
                getbit n 3
                bitcount n
                bitcount nosuch 0
                bitcount nosuch a b c d
                bitcount n 0
                bitcount n 0 a
                bitcount n 0 -1
                bitcount n 1 1
                bitcount n 0 -1 bit
                bitcount n 3 -3 BIT
                bitcount n 5 3 bit
                bitcount n -1 -3
                bitcount n -100 100
                bitcount n -100 -50
                bitcount n 0 1 foo
                bitcount n 0 1 bit x
                bitcount n 9223372036854775807 -9223372036854775808
                bitcount n -9223372036854775808 9223372036854775807 bit
                set ones "\\xff\\xff\\xff"
                set zeros "\\0\\0\\0"
                bitpos ones 0
                bitpos ones 0 0
                bitpos ones 0 0 -1
                bitpos ones 0 2
                bitpos ones 0 3
                bitpos ones 0 0 -1 bit
                bitpos ones 1 2
                bitpos ones 1 5 -1 bit
                bitpos ones 1 1 0
                bitpos zeros 1
                bitpos zeros 1 1
                bitpos zeros 0 1
                bitpos zeros 0 7 15 bit
                bitpos zeros 0 -1 -1 bit
                bitpos zeros 2
                bitpos zeros x
                bitpos zeros 0 x
                bitpos zeros 0 0 1 foo
                bitpos zeros 0 0 1 bit x
                bitpos nosuch 0
                bitpos nosuch 1
                bitpos nosuch 0 x
                set e ""
                bitpos e 0
                bitpos e 1
                bitpos e 0 0
                bitcount e
                bitcount e 0 -1
                bitop and d ones zeros
                bitop or d ones zeros n
                get d
                bitop xor d n ones
                get d
                bitop not d n
                get d
                bitop not d n n
                bitop nand d n
                bitop and d nosuch
                strlen d
                bitop and d nosuch n
                get d
                bitop or d e
                bitop or d n n n n
                get d
                append l 1
                bitop and d
                """);
    }

    @Test
    void fields() {
        comparison.script("""
                bitfield k
                bitfield k get u8 0
                bitfield k set u8 0 255 get u8 0 get i8 0
                bitfield k set u8 0 256 get u8 0
                bitfield k set i8 0 128 get i8 0
                bitfield k set i8 0 -129 get i8 0
                bitfield k set u8 0 -1 get u8 0
                bitfield k overflow sat set u8 0 -1 get u8 0
                bitfield k overflow sat set u8 0 300 get u8 0
                bitfield k overflow fail set u8 0 300 get u8 0
                bitfield k overflow sat set i8 0 -300 get i8 0
                bitfield k incrby u2 100 1 overflow sat incrby u2 102 1
                bitfield k incrby u2 100 1 overflow sat incrby u2 102 1
                bitfield k incrby u2 100 1 overflow sat incrby u2 102 1
                bitfield k incrby u2 100 1 overflow sat incrby u2 102 1
                bitfield k overflow fail incrby u2 102 1
                bitfield k set i64 3 9223372036854775807 get i64 3 incrby i64 3 1
                bitfield k overflow sat set i64 3 -9223372036854775808 incrby i64 3 -1
                bitfield k overflow fail incrby i64 3 -1
                bitfield k set u63 0 9223372036854775807 incrby u63 0 1
                bitfield k overflow wrap incrby u63 0 -1
                bitfield k get i1 5 set i1 5 1 get i1 5 incrby i1 5 1
                bitfield k get u64 0
                bitfield k get i65 0
                bitfield k get u0 0
                bitfield k get x8 0
                bitfield k get u 0
                bitfield k get u08 0
                bitfield k get u8 #2
                bitfield k get u8 #-1
                bitfield k get u8 #9223372036854775807
                bitfield k get u8 4294967288
                bitfield k get u8 4294967296
                bitfield k set u8 0
                bitfield k set u8 0 abc
                bitfield k get u8
                bitfield k overflow
                bitfield k overflow nothing
                bitfield k overflow fail
                bitfield k nothing
                bitfield_ro k get u8 0 get i9 7
                bitfield_ro k set u8 0 1
                bitfield_ro k overflow sat get u8 0
                bitfield_ro nosuch get u8 0
                get k
                """);
    }

    @Test
    void randomBits() {
        long seed = 20141122;
        Random random = new Random(seed);
        for (int i = 0; i < 4000; i++) {
            String key = "k" + random.nextInt(4);
            String range = (random.nextInt(300) - 150) + " " + (random.nextInt(300) - 150);
            String unit = random.nextBoolean() ? " bit" : random.nextBoolean() ? " byte" : "";
            String width = (random.nextBoolean() ? "i" : "u") + (1 + random.nextInt(63));
            String offset = (random.nextBoolean() ? "#" : "") + random.nextInt(40);
            String overflow = "overflow " + List.of("wrap", "sat", "fail").get(random.nextInt(3)) + " ";
            comparison.run(Comparison.words(switch (random.nextInt(9)) {
                case 0, 1 -> "setbit " + key + " " + random.nextInt(400) + " " + random.nextInt(2);
                case 2 -> "getbit " + key + " " + random.nextInt(500);
                case 3 -> "bitcount " + key + " " + range + unit;
                case 4 -> "bitpos " + key + " " + random.nextInt(2) + " " + range + unit;
                case 5 -> "bitop " + List.of("and", "or", "xor").get(random.nextInt(3)) + " " + key + " k0 k1 k2";
                case 6 -> "bitfield " + key + " " + overflow + "incrby " + width + " " + offset + " " + random.nextLong();
                case 7 -> "bitfield " + key + " " + overflow + "set " + width + " " + offset + " " + random.nextLong()
                        + " get i64 " + random.nextInt(100);
                default -> random.nextInt(10) == 0 ? "set " + key + " " + random.nextInt() : "get " + key;
            }));
        }
    }

    @Test
    void sketches() {
        comparison.script("""
                pfadd h
                pfadd h
                get h
                pfadd h a b c
                pfadd h a b c
                pfcount h
                get h
                pfadd h ""
                pfmerge m h nosuch
                get m
                pfmerge m
                pfmerge new
                get new
                pfcount nosuch
                pfcount nosuch h m
                set s text
                set t "HYLL\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0"
                pfadd s a
                pfcount s
                pfcount h s
                pfmerge h s
                pfadd t a
                set t "HYLLx\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0\\0a"
                pfadd t a
                pfdebug decode h
                pfdebug encoding h
                pfdebug getreg nosuch
                pfdebug nosuch h
                pfdebug todense h
                pfdebug todense h
                pfdebug encoding h
                pfdebug decode h
                pfcount h
                get h
                pfselftest
                """);
    }

    /** The same bytes all the way from sparse to dense. */
    @Test
    void sketchesGrowAlike() {
        Random random = new Random(7);
        for (int i = 0; i < 600; i++) {
            List<String> request = new ArrayList<>(List.of("pfadd", "h" + random.nextInt(3)));
            for (int k = random.nextInt(12); k >= 0; k--) {
                request.add("element" + random.nextInt(100_000));
            }
            comparison.run(request.toArray(String[]::new));
            comparison.run("get", request.get(1));
            if (i % 10 == 0) {
                comparison.run("pfcount", "h0", "h1", "h2");
                comparison.run("pfcount", request.get(1));
                comparison.run("pfmerge", "m" + i % 4, "h" + random.nextInt(3), "m" + random.nextInt(4));
                comparison.run("pfcount", "m" + i % 4);
                comparison.run("pfdebug", "encoding", "m" + i % 4);
            }
        }
        comparison.run("pfdebug", "getreg", "h0");
    }
}
