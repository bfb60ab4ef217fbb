package io.releve.lab;

import java.util.concurrent.TimeUnit;

/** Waits for what comes to hold. Times in ms, by one clock. */
final class Wait {
    private static final int STEP_MS = 20;

    /** Something that comes to hold; what it throws means that it does not yet. */
    interface Condition {
        boolean holds() throws Exception;
    }

    private Wait() {
    }

    static long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
    }

    /**
     * @return ms it took
     * @throws LabException "after so many s: what is not so", with the last exception of the condition as its cause
     */
    static long until(String otherwise, long timeoutMs, Condition condition) {
        long begin = now();
        Exception last = null;
        do {
            try {
                if (condition.holds()) {
                    return now() - begin;
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LabException("interrupted", e);
            } catch (Exception e) {
                last = e;
            }
            sleep(STEP_MS);
        } while (now() - begin < timeoutMs);
        throw new LabException(otherwise + " within " + timeoutMs / 1000 + " s" + (last == null ? "" : " (" + last.getMessage() + ")"),
                last);
    }

    static void sleep(long ms) {
        try {
            Thread.sleep(Math.max(0, ms));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LabException("interrupted", e);
        }
    }
}
