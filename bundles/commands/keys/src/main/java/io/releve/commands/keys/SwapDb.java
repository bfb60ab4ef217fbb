package io.releve.commands.keys;

import io.releve.bytes.Numbers;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;

/** SWAPDB (redis.io/commands/swapdb). */
final class SwapDb extends KeyCommand {
    private static final CommandException INVALID_FIRST = new CommandException("ERR invalid first DB index");
    private static final CommandException INVALID_SECOND = new CommandException("ERR invalid second DB index");

    SwapDb() {
        super(facts("SWAPDB", 3, CommandFlag.WRITE, CommandFlag.FAST)
                .group("server")
                .categories("dangerous")
                .since("4.0.0")
                .complexity("O(N) where N is the number of clients that watch or wait for keys of both databases.")
                .summary("Exchanges two databases.")
                .syntax("index1:integer index2:integer"));
    }

    @Override
    public void run(Call call) {
        long first = index(call.arguments(), 1, INVALID_FIRST);
        long second = index(call.arguments(), 2, INVALID_SECOND);
        int databases = call.engine().databases();
        if (first < 0 || first >= databases || second < 0 || second >= databases) {
            throw NO_SUCH_DATABASE;
        }
        call.engine().swapDatabases((int) first, (int) second);
        call.databaseChanged((int) first);
        call.databaseChanged((int) second);
        call.reply().ok();
    }

    private static long index(Arguments arguments, int i, CommandException error) {
        if (!Numbers.isInteger(arguments.get(i))) {
            throw error;
        }
        long index = Numbers.integer(arguments.get(i));
        if (index != (int) index) {
            throw error;
        }
        return index;
    }
}
