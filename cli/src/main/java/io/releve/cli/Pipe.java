package io.releve.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * {@code --pipe}: sends requests from standard input as fast as the server takes them and counts the replies. An ECHO
 * of random bytes at the end tells when all have arrived.
 */
final class Pipe {
    private final Connection connection;
    private final PrintStream out;
    private final int timeoutSeconds;
    private final CountDownLatch finished = new CountDownLatch(1);
    private volatile long replies;
    private volatile long errors;
    private volatile IOException broken;

    Pipe(Connection connection, PrintStream out, int timeoutSeconds) {
        this.connection = connection;
        this.out = out;
        this.timeoutSeconds = timeoutSeconds;
    }

    int run(InputStream in) throws InterruptedException {
        byte[] random = new byte[10];
        new SecureRandom().nextBytes(random);
        String mark = HexFormat.of().formatHex(random);
        Thread reader = new Thread(() -> count(mark), "replies");
        reader.setDaemon(true);
        reader.start();
        try {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                connection.sendRaw(buffer, n);
            }
            connection.flush();
            out.println("All data transferred. Waiting for the last reply...");
            connection.send(List.of("ECHO".getBytes(StandardCharsets.US_ASCII),
                    mark.getBytes(StandardCharsets.US_ASCII)));
        } catch (IOException e) {
            broken = e;
            finished.countDown();
        }
        boolean complete = waitForLast();
        if (broken != null) {
            System.err.println("Error: " + broken.getMessage());
        } else if (complete) {
            out.println("Last reply received from server.");
        } else {
            out.println("No replies for " + timeoutSeconds + " seconds: exiting.");
        }
        out.println("errors: " + errors + ", replies: " + replies);
        out.flush();
        return complete && broken == null && errors == 0 ? 0 : 1;
    }

    private boolean waitForLast() throws InterruptedException {
        long before;
        do {
            before = replies;
            if (timeoutSeconds == 0) {
                finished.await();
                return true;
            }
            if (finished.await(timeoutSeconds, TimeUnit.SECONDS)) {
                return true;
            }
        } while (replies > before);
        return false;
    }

    private void count(String mark) {
        long received = 0;
        long failures = 0;
        try {
            while (true) {
                Reply reply = connection.read();
                if (reply instanceof Reply.Bulk bulk && bulk.bytes().length == mark.length()
                        && bulk.text().equals(mark)) {
                    break;
                }
                if (reply instanceof Reply.Failure failure) {
                    errors = ++failures;
                    System.err.println(failure.message());
                }
                replies = ++received;
            }
        } catch (IOException e) {
            broken = e;
        }
        finished.countDown();
    }
}
