// What AudioWorkletGlobalScope has and @types/audioworklet lacks.
declare const renderQuantumSize: number
