package io.releve.commands.scripting.lua;

/** What an instance of {@code cjson} was told, with the values it begins with. */
final class JsonSettings {
    boolean sparseConvert;
    int sparseRatio = 2;
    int sparseSafe = 10;
    int encodeDepth = 1000;
    int decodeDepth = 1000;
    int precision = 14;
    /** "off", "on" (may be written), "null". */
    String encodeInvalid = "off";
    boolean decodeInvalid = true;
    boolean keepBuffer = true;
}
