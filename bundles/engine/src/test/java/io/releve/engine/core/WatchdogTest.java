package io.releve.engine.core;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.releve.command.Command;
import io.releve.command.CommandSet;
import io.releve.command.CommandSpec;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WatchdogTest {
    private final CountDownLatch release = new CountDownLatch(1);

    /** Commands that do not behave. */
    private final class Bad implements CommandSet {
        private final String name;

        Bad(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public List<Command> commands() {
            return switch (name) {
                case "throws" -> throw new IllegalStateException("on purpose");
                case "twice" -> List.of(Command.of(CommandSpec.command("TWICE", 1).build(), call -> { }),
                        Command.of(CommandSpec.command("TWICE", 1).build(), call -> { }));
                default -> List.of(Command.of(CommandSpec.command("HANG", 1).build(), call -> {
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                    call.reply().ok();
                }), Command.of(CommandSpec.command("FINE", 1).build(), call -> call.reply().ok()));
            };
        }
    }

    @Test
    void aCommandThatKeepsAllOthersWaitingIsNoticed() throws Exception {
        try (TestEngine engine = new TestEngine(new SystemClock(), new Bad("hangs"))) {
            engine.start();
            assertEquals(0, engine.administration().stalledMs());
            Thread hanging = new Thread(() -> engine.client.run("HANG"));
            hanging.start();
            long begin = System.nanoTime();
            boolean noticed = false;
            while (!noticed && TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin) < 5) {
                Thread.sleep(10);
                noticed = engine.administration().stalledMs() > 0;
            }
            release.countDown();
            hanging.join();
            assertTrue(noticed);
            while (engine.administration().stalledMs() > 0) {
                Thread.sleep(10);
            }
        }
    }

    @Test
    void aSetThatCannotSayWhatItOffersIsLeftOut() throws Exception {
        try (TestEngine engine = new TestEngine(new SystemClock(), new Bad("throws"), new Bad("twice"), new Bad("fine"))) {
            assertEquals("+OK\r\n", engine.client.run("FINE"));
            assertTrue(engine.client.run("TWICE").startsWith("-ERR unknown command"));
        }
    }
}
