package net.openhft.compiler;

/** Named in signatures of Chronicle's classes, never made. */
public class MyJavaFileManager {
}
