package io.releve.engine.core;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the operating system tells about this process. */
final class ProcessMemory {
    /** Clock ticks a second in /proc; fixed on Linux. */
    private static final long TICK_NANOS = 10_000_000;

    private ProcessMemory() {
    }

    /** Resident bytes; where the system does not tell, the committed heap. */
    static long resident() {
        try {
            for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
                if (line.startsWith("VmRSS:")) {
                    return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
                }
            }
        } catch (IOException | RuntimeException e) {
            // not Linux
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
    }

    static long physical() {
        return system().getTotalMemorySize();
    }

    /** CPU time of the process. */
    static long cpuNanos() {
        return Math.max(0, system().getProcessCpuTime());
    }

    /** The part of it spent outside the kernel; all of it where the system does not tell. */
    static long userCpuNanos() {
        try {
            String stat = Files.readString(Path.of("/proc/self/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Long.parseLong(fields[11]) * TICK_NANOS;
        } catch (IOException | RuntimeException e) {
            return cpuNanos();
        }
    }

    private static OperatingSystemMXBean system() {
        return (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    }
}
