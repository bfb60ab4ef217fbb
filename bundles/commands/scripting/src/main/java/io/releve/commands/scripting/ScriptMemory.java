package io.releve.commands.scripting;

import io.releve.info.InfoSection;

/** What INFO memory tells of scripts, behind what the engine says. */
record ScriptMemory(Interpreters interpreters) implements InfoSection {
    private static final int ORDER = 31;

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public int order() {
        return ORDER;
    }

    @Override
    public void write(Lines lines) {
        interpreters.describe(lines);
    }
}
