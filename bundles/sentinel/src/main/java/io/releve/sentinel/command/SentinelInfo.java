package io.releve.sentinel.command;

import static io.releve.command.CommandFlag.FAST;
import static io.releve.command.CommandFlag.LOADING;
import static io.releve.command.CommandFlag.NOSCRIPT;
import static io.releve.command.CommandFlag.ONLY_SENTINEL;
import static io.releve.command.CommandFlag.STALE;

import io.releve.command.Command;
import io.releve.command.CommandSpec;
import io.releve.info.InfoSection;
import io.releve.sentinel.core.Overview;
import io.releve.sentinel.core.Sentinel.Failure;
import io.releve.sentinel.net.RunningSentinel;
import java.util.List;

/** INFO and ROLE of a sentinel: as it was a moment ago, since nobody waits for it there. */
public final class SentinelInfo implements InfoSection {
    private static final int PLACE = 1_000;

    private final RunningSentinel sentinel;

    public SentinelInfo(RunningSentinel sentinel) {
        this.sentinel = sentinel;
    }

    @Override
    public String name() {
        return "sentinel";
    }

    @Override
    public int order() {
        return PLACE;
    }

    @Override
    public void write(Lines lines) {
        RunningSentinel.Shown shown = sentinel.shown();
        Overview.Summary summary = shown.summary();
        lines.add("sentinel_masters", summary.masters().size());
        lines.add("sentinel_tilt", summary.tiltedFor() < 0 ? 0 : 1);
        lines.add("sentinel_tilt_since_seconds", summary.tiltedFor() < 0 ? -1 : summary.tiltedFor() / 1_000);
        lines.add("sentinel_running_scripts", shown.runningScripts());
        lines.add("sentinel_scripts_queue_length", shown.scripts());
        lines.add("sentinel_simulate_failure_flags", (summary.simulated().contains(Failure.AFTER_ELECTION) ? 1 : 0)
                + (summary.simulated().contains(Failure.AFTER_PROMOTION) ? 2 : 0));
        int number = 0;
        for (Overview.Line line : summary.masters()) {
            lines.add("master" + number++, "name=" + line.name() + ",status=" + line.status() + ",address=" + line.address()
                    + ",slaves=" + line.replicas() + ",sentinels=" + line.sentinels());
        }
    }

    static Command role(RunningSentinel sentinel) {
        CommandSpec spec = CommandSpec.command("ROLE", 1).group("server").since("2.8.12")
                .flags(NOSCRIPT, LOADING, STALE, FAST, ONLY_SENTINEL).categories("admin", "dangerous").complexity("O(1)")
                .summary("Names the masters that are watched.").build();
        return Command.of(spec, call -> {
            List<Overview.Line> masters = sentinel.shown().summary().masters();
            call.reply().array(2);
            call.reply().bulk("sentinel");
            call.reply().array(masters.size());
            masters.forEach(master -> call.reply().bulk(master.name()));
        });
    }
}
