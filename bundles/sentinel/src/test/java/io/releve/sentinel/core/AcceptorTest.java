package io.releve.sentinel.core;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** What is written down of the promises is read again, also as it was written when there was one proposal at most. */
class AcceptorTest {
    private static final String SAID = "0-0-1 192.168.0.51 6379 1 aa";
    private static final String NONE = "0-0-0 - 0 0 -";

    @Test
    void whatIsReadIsWhatWasWritten() {
        for (String text : new String[] {"3 2400 " + SAID, "3 2400 " + SAID + " 0-4-2 192.168.0.51 6379 1 aa,bb",
                "5 0 " + SAID + " 0-4-2 192.168.0.51 6379 1 aa,bb 0-4-3 192.168.0.51 6379 1 -"}) {
            assertEquals(text, Acceptor.recall(text, 0).remember());
        }
    }

    @Test
    void aProposalThatThereWasNotIsNone() {
        assertEquals("3 2400 " + SAID, Acceptor.recall("3 2400 " + SAID + " " + NONE, 0).remember());
        assertEquals("0 0 " + NONE, Acceptor.recall("0 0 " + NONE + " " + NONE, 0).remember());
    }
}
