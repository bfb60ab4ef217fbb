package io.releve.sentinel.core;

import java.util.LinkedHashMap;
import java.util.Map;

/** The sentinel's part of sentinel.conf. Touched by the sentinel's thread only. */
public final class SentinelConfig {
    /** 40 hex digits, made at the first start. */
    public String id;
    public long currentEpoch;
    /** Empty: the address of {@code bind}, or that of the link a hello goes over. */
    public String announceIp = "";
    /** 0: the port it listens on. */
    public int announcePort;
    public boolean resolveHostnames;
    public boolean announceHostnames;
    public boolean denyScriptsReconfig = true;
    /** How it introduces itself to other sentinels; empty without. */
    public String sentinelUser = "";
    public String sentinelPass = "";
    /** Overrides how hosts are told apart, empty otherwise. Ours. */
    public String hostId = "";
    public final Map<String, MasterConfig> masters = new LinkedHashMap<>();
    /** What it has promised as a witness about masters it does not watch itself, by their names; written as comments. */
    public final Map<String, String> remembered = new LinkedHashMap<>();

    public SentinelConfig(String id) {
        this.id = id;
    }

    /** Puts it where a restart finds it. */
    public interface Store {
        /** False, and the reason logged, when it is not on disk for certain: then nothing that depends on it may be said. */
        boolean save(SentinelConfig config);
    }
}
