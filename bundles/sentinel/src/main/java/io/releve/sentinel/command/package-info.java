/** The commands of a sentinel. What they do is done on the sentinel's thread; their clients wait meanwhile, nobody else does. */
package io.releve.sentinel.command;
