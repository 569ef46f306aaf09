import district.kernel.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='KpiMeasurement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('system', models.CharField(max_length=40, verbose_name='系统')),
                ('key', models.CharField(max_length=60, verbose_name='指标')),
                ('on', models.DateField(verbose_name='日期')),
                ('at', models.DateTimeField(default=district.kernel.clock.now, verbose_name='测算时间')),
                ('value', models.FloatField(blank=True, null=True, verbose_name='数值')),
                ('target', models.FloatField(verbose_name='目标')),
                ('verdict', models.CharField(choices=[('met', '已达标'), ('near', '接近目标'), ('missed', '未达标'), ('unknown', '暂不可测')], max_length=10, verbose_name='结论')),
                ('parts', models.JSONField(default=dict, verbose_name='分项')),
                ('note', models.CharField(blank=True, max_length=500, verbose_name='说明')),
            ],
            options={
                'verbose_name': '指标测算',
                'verbose_name_plural': '指标测算',
                'ordering': ('system', 'key', '-on'),
                'constraints': [models.UniqueConstraint(fields=('system', 'key', 'on'), name='kpis_measurement_daily')],
            },
        ),
    ]
