package dev.cyclestream.trainer.network;

/** The networks of a CycleGAN (Zhu, Park, Isola, Efros, ICCV 2017): two generators alike, two discriminators alike. */
public record Architecture(ResnetGenerator generator, PatchDiscriminator discriminator) {}
