package io.releve.acl.core;

import io.releve.acl.core.AccessLog.Reason;
import io.releve.info.InfoSection;

/** The lines of INFO stats about what was refused. */
final class Refusals implements InfoSection {
    private static final int STATS = 50;

    private final AccessLog log;

    Refusals(AccessLog log) {
        this.log = log;
    }

    @Override
    public String name() {
        return "stats";
    }

    @Override
    public int order() {
        return STATS;
    }

    @Override
    public void write(Lines lines) {
        lines.add("acl_access_denied_auth", log.count(Reason.AUTH));
        lines.add("acl_access_denied_cmd", log.count(Reason.COMMAND));
        lines.add("acl_access_denied_key", log.count(Reason.KEY));
        lines.add("acl_access_denied_channel", log.count(Reason.CHANNEL));
    }
}
