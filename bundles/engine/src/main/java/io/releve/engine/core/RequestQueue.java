package io.releve.engine.core;

import io.releve.command.Arguments;
import java.util.ArrayList;
import java.util.List;

/** What a session has sent since MULTI. */
final class RequestQueue {
    final List<Arguments> requests = new ArrayList<>();
    /** A request could not be queued: EXEC will refuse. */
    boolean spoilt;
    /** Whether one of them may write, so that a pause holds EXEC. */
    boolean mayWrite;
    /** Whether one of them writes. */
    boolean writes;
    /** Whether one of them needs memory. */
    boolean denyOom;
    /** Of all requests together. */
    long bytes;

    void add(CommandSlot slot, Arguments request) {
        requests.add(request);
        bytes += request.bytes();
        mayWrite |= slot.mayWrite;
        writes |= slot.write;
        denyOom |= slot.denyOom;
    }
}
