package io.releve.commands.strings.hyperloglog;

import io.releve.bytes.Bytes;
import io.releve.command.Call;
import io.releve.command.CommandException;
import io.releve.command.CommandFlag;

/** PFSELFTEST (redis.io/commands/pfselftest): checks that the estimate is as good as it should be. */
final class PfSelfTest extends SketchCommand {
    private static final int ELEMENTS = 1_000_000;
    /** Standard error of so many registers, and how many of them are too many. */
    private static final double STANDARD_ERROR = 1.04 / Math.sqrt(Registers.COUNT);
    private static final int TOLERATED = 6;

    PfSelfTest() {
        super(sketch("PFSELFTEST", 1, CommandFlag.ADMIN)
                .complexity("N/A")
                .summary("Checks the estimates of HyperLogLogs."));
    }

    @Override
    public void run(Call call) {
        long seed = call.random().nextLong();
        Registers registers = new Registers();
        byte[] element = new byte[Long.BYTES];
        for (int i = 1; i <= ELEMENTS; i++) {
            long number = seed ^ i;
            for (int k = 0; k < element.length; k++) {
                element[k] = (byte) (number >>> 8 * k);
            }
            int place = Registers.place(new Bytes(element));
            registers.raise(place & Registers.COUNT - 1, place >>> Registers.INDEX_BITS);
            if (Integer.bitCount(i) == 1 && i > Registers.COUNT || i == ELEMENTS) {
                check(i, registers.estimate());
            }
        }
        call.reply().ok();
    }

    private static void check(long expected, long estimate) {
        if (Math.abs(expected - estimate) > Math.ceil(TOLERATED * STANDARD_ERROR * expected)) {
            throw new CommandException("TESTFAILED Too big error. card:" + expected + " abserr:"
                    + Math.abs(expected - estimate));
        }
    }
}
