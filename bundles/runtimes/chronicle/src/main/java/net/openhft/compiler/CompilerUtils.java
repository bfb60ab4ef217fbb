package net.openhft.compiler;

/**
 * Stands where Chronicle's run-time compiler would be: the server runs on a JRE without javac, and the one class that
 * is needed was compiled by the build.
 */
public final class CompilerUtils {
    public static final boolean DEBUGGING = false;
    public static final CachedCompiler CACHED_COMPILER = new CachedCompiler(null, null);

    private CompilerUtils() {
    }
}
