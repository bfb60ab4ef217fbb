package io.releve.commands.admin;

import static io.releve.command.CommandFlag.FAST;
import static io.releve.command.CommandFlag.READONLY;

import io.releve.bytes.Bytes;
import io.releve.command.Arguments;
import io.releve.command.Call;
import io.releve.command.Command;
import io.releve.command.CommandSpec;
import io.releve.engine.Engine;
import java.util.SplittableRandom;

/** LOLWUT: a picture, different every time. Ours shows a baton on its way from hand to hand. */
final class Lolwut implements Command {
    private static final int MAX_WIDTH = 200;
    private static final int RUNNERS = 4;

    private final CommandSpec spec = AdminCommands.spec("LOLWUT", -1, "5.0.0").flags(READONLY, FAST)
            .summary("Shows a picture and the version.").syntax("[VERSION version:integer]").build();

    @Override
    public CommandSpec spec() {
        return spec;
    }

    @Override
    public void run(Call call) {
        Arguments request = call.arguments();
        int argument = 1;
        if (request.size() >= 3 && request.is(1, "VERSION")) {
            request.integer(2);
            argument = 3;
        }
        int width = 60;
        if (argument < request.size() && !request.is(argument, "VERSION")) {
            width = (int) Math.min(MAX_WIDTH, Math.max(RUNNERS * 4, request.integer(argument)));
        }
        call.reply().verbatim("txt", Bytes.of(picture(width, new SplittableRandom())
                + "Redis ver. " + Engine.REDIS_VERSION + "\n").array());
    }

    private static String picture(int width, SplittableRandom random) {
        char[] track = "_".repeat(width).toCharArray();
        char[] heads = " ".repeat(width).toCharArray();
        char[] bodies = " ".repeat(width).toCharArray();
        int holder = random.nextInt(RUNNERS);
        for (int i = 0; i < RUNNERS; i++) {
            int stride = width / RUNNERS;
            int at = i * stride + 1 + random.nextInt(Math.max(1, stride - 3));
            heads[at] = 'o';
            bodies[at] = '|';
            bodies[at - 1] = '/';
            bodies[at + 1] = i == holder ? '=' : '\\';
            track[at] = random.nextBoolean() ? '<' : '>';
        }
        return new String(heads) + "\n" + new String(bodies) + "\n" + new String(track) + "\n\n";
    }
}
