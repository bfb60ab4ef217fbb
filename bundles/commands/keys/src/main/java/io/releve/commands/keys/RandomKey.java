package io.releve.commands.keys;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.CommandFlag;
import java.util.concurrent.ThreadLocalRandom;

/** RANDOMKEY (redis.io/commands/randomkey). */
final class RandomKey extends KeyCommand {
    /** On a replica a key that has expired is answered after so many (as Redis does). */
    private static final int MOST_TRIES = 100;

    RandomKey() {
        super(facts("RANDOMKEY", 1, CommandFlag.READONLY, CommandFlag.TOUCHES_ARBITRARY_KEYS)
                .summary("Returns a key chosen at random.")
                .tips("request_policy:all_shards", "nondeterministic_output"));
    }

    @Override
    public void run(Call call) {
        Bytes key = new Bytes();
        int tries = MOST_TRIES;
        while (call.database().randomKey(ThreadLocalRandom.current(), key)) {
            byte[] copy = key.toByteArray();
            // looking at an expired key removes it, so this comes to an end; but not on a replica
            if (call.peek(key) != null || call.engine().standing().replica() && --tries == 0) {
                call.reply().bulk(copy);
                return;
            }
        }
        call.reply().nil();
    }
}
